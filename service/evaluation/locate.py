"""Where the rated notes lie: inside an installed package, or beside it in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from service.core.errors import NotFound


def datasets() -> Traversable:
    """Return the folder that holds one folder a dataset; raises NotFound when there is none."""
    package = files("service")
    installed = package / "_evals" / "datasets"
    if installed.is_dir():
        return installed
    checkout = Path(str(package)).parent / "evals" / "datasets"
    if checkout.is_dir():
        return checkout
    raise NotFound("这份安装里没有评过分的周报")


def names(root: Traversable) -> list[str]:
    """Return the names of the datasets of rated notes (those with a `dataset.toml`), sorted."""
    return sorted(f.name for f in root.iterdir() if (f / "dataset.toml").is_file())


def folder(root: Traversable, name: str) -> Traversable:
    """Return one dataset's folder; raises NotFound with the names there are."""
    known = names(root)
    if name not in known:
        raise NotFound(f"没有名为 {name} 的数据集，现有：{'、'.join(known)}")
    return root / name
