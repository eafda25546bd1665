"""Clauses are cut where speech and dictation pause, and nowhere else."""

from service.core.document import parse
from service.core.document.model import Format
from service.core.lexicon import load
from service.core.segment import segment
from service.rules.cut import cut


def pieces(text: str) -> list[str]:
    """The pieces of a text."""
    document = parse(text, Format.PLAIN)
    hits = load().find(document.folded)
    return [document.slice(span) for _, _, span in cut(document.view, segment(document), hits)]


def test_punctuation_alone_cuts_plain_sentences() -> None:
    """Without arrows or long clauses the pieces are the clauses."""
    assert pieces("卖出 30 盆，退 2 盆。下周补货") == ["卖出 30 盆", "退 2 盆", "下周补货"]


def test_a_chain_of_reasons_is_cut_at_its_arrows() -> None:
    """What an arrow leads to is a thought of its own."""
    assert pieces("加盟商退单→门店抱怨→店长请辞") == ["加盟商退单", "门店抱怨", "店长请辞"]


def test_an_arrow_between_figures_stays() -> None:
    """500→800 is one change, not two thoughts."""
    assert pieces("客流 500→800→760") == ["客流 500→800→760"]


def test_a_long_clause_is_cut_at_dictated_pauses() -> None:
    """A space between Chinese characters parts a long clause; a short one stays whole."""
    assert pieces("烘干机坏了两台一直没人修 客人都跑去隔壁那家洗了") == [
        "烘干机坏了两台一直没人修",
        "客人都跑去隔壁那家洗了",
    ]
    assert pieces("烘干机 坏了") == ["烘干机 坏了"]


def test_a_sentence_without_breath_is_cut_at_spoken_connectives() -> None:
    """Forty-eight characters without a comma are nobody's one thought."""
    text = "烘干机坏了两台一直没有人来修客人等不及都跑到隔壁那家去洗了"
    text += "然后我们把备用的那台搬出来先顶着用但是它只能洗小件"
    found = pieces(text)

    assert len(found) > 1
    assert "".join(found) == text


def test_a_lead_in_brackets_is_cut_off() -> None:
    """【问题】 says what follows; 【华东】 says whose it is, and a link's words are no lead."""
    assert pieces("【问题】客户都卡在排烟，空置 11%") == ["【问题】", "客户都卡在排烟", "空置 11%"]
    assert pieces("【华东】空置 11%") == ["【华东】空置 11%"]
