"""`notecoach eval`: how well an engine agrees with rated notes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.failure import BELOW_SCORE

if TYPE_CHECKING:
    from service.evaluation.outcome import Solver


@click.command("eval", help="用评过分的样本衡量引擎：级别一致性、发现与陈述的准确率和召回率，附区间与基线。")
@click.option(
    "--dataset", "datasets", multiple=True, default=("founding",), show_default=True, help="数据集，可重复"
)
@click.option(
    "--split",
    type=click.Choice(["tuning", "testing", "all"]),
    default="all",
    show_default=True,
    help="看哪一半；测试半数只给汇总",
)
@click.option(
    "--engine", type=click.Choice(["rules", "llm"]), default="rules", show_default=True, help="被衡量的引擎"
)
@click.option(
    "--replay",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="用录下的回答代替模型，不联网；录音过期就报错",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="向设置里的模型录下回答，再用它衡量",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="只录前 N 篇：慢模型、贵模型用")
@click.option("--simulated", is_flag=True, help="录模拟模型（标注者的陈述），不录真模型；录音里会注明")
@click.option(
    "--worst", type=click.IntRange(0, 1000), default=0, metavar="N", help="附上调参半数里最差的 N 篇"
)
@click.option(
    "--floors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="下限文件（TOML）；调参半数低于下限时退出码为 1",
)
@click.option("--robustness", is_flag=True, help="改为检验：无害改动之下级别是否不变")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_context
def command(
    ctx: click.Context,
    datasets: tuple[str, ...],
    split: str,
    engine: str,
    replay: Path | None,
    record: Path | None,
    limit: int | None,
    simulated: bool,
    worst: int,
    floors: Path | None,
    robustness: bool,
    as_json: bool,
) -> None:
    """Measure an engine; exit code 1 when a floor is missed."""
    if split == "testing" and (worst or floors):
        raise click.UsageError("测试半数只给汇总：--worst 和 --floors 只看调参半数")
    if robustness and floors:
        raise click.UsageError("--floors 不能和 --robustness 同用")
    from service.evaluation.session import Request, Session

    request = Request(datasets, split, worst, floors, as_json)
    if engine == "llm":
        from service.cli.eval_model import by_model

        solver, request = by_model(request, replay, record, simulated, limit)
    elif replay or record or simulated or limit:
        raise click.UsageError("--replay、--record、--simulated、--limit 要同 --engine llm 一起用")
    else:
        solver = _by_rule(engine)
    session = Session(solver, request, click.echo)
    passed = session.robustness() if robustness else session.accuracy()
    if not passed or "破" in request.headlines.get("guard", ""):
        ctx.exit(BELOW_SCORE)


def _by_rule(name: str) -> "Solver":
    """Return the engine as callers get it: through the use case, with rewrites and their checks."""
    import asyncio

    from service import __version__, wiring
    from service.evaluation.engines import EngineSolver
    from service.usecases.analyze import Analyze, Wish, whole

    rooms = wiring.rooms()
    analyze = Analyze(rooms, None, __version__)
    wish = Wish(engine="rules")
    return EngineSolver(
        name,
        lambda note: asyncio.run(whole(analyze.events(note, wish))),
        lambda note: rooms.reread(note)[1],
    )
