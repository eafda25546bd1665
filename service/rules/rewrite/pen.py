"""Writes one draft: the author's words and the coach's, with a blank for each thing missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from service.core.rewrite import Blank, RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.scene import Scene

STEPS = ("把提醒改成实时发送", "上线新的分组排班表", "给每位负责人发一份对照卡")
CAUSES = (
    "新人填表时第二步要重复输入手机号",
    "排班表没有跟着改，晚高峰只留了一个窗口",
    "老客户打开短信后看到的券已经过期",
)
PROOFS = (
    "抽看 30 条记录，22 条停在同一步",
    "回访 20 人，14 人说“不知道要先登记”",
    "翻后台记录，41 单里 33 单都是这样",
)
GOALS = ("做到 90%", "到 30 单以上", "控制在 5 件以内")
_STEP_LABELS = ("具体做哪一步", "先改哪一处", "做什么动作")
_GOAL_LABELS = ("看哪个数、到多少", "哪个数、做到多少", "什么数算见效")
_PROOF_QUESTIONS = (
    "这个判断从哪看出来的：查了什么、多少条里有多少条，或者谁的原话？",
    "凭什么这么判断：哪份记录、几条里有几条，或者谁说的？",
    "谁去看过、问过：一共多少条，里面多少条是这样？",
)
_HEARSAY_QUESTION = "这个说法核过吗：看了什么记录，一共多少条，里面多少条是这样？"
_PROOF_LABELS = ("看了什么、多少条里有多少条", "查过哪份记录，或者谁的原话", "查过的数据或原话")


_LEAST = 4  # a clause of fewer characters does not stand for its sentence
# "下周重点：", "【原因】", "下礼拜: ", "一是", "周二　"; not "主图：", "一是一"
_LABEL = re.compile(
    r"^[【\[][^】\]\n]{1,12}[】\]]\s*|^(?:[下本这這][周週]|[下本这這]个?(?:月|礼拜|星期|禮拜)|下一?步|明[天日]|接下[来來])[^，。；:：\s]{0,4}[:：]\s*|^[一二三四五六]是(?!一)|^(?:周|週|星期|礼拜|禮拜)[一二三四五六日天][\s:：]+"
)
# the stop behind "计划产量 12,000 件"; not the one inside it
_STOP = re.compile(r"[，。；！？]|,(?!\d)")
# what a cut leaves of "harder" in "push legal team harder"
_WORD_PIECE = re.compile(r"(?<=[^A-Za-z0-9])[A-Za-z0-9.%_-]+$")


@dataclass(slots=True)
class Pen:
    """Collects the blanks of one draft; each token stands for one missing thing."""

    scene: Scene
    blanks: list[Blank] = field(default_factory=list)

    def blank(self, label: str, question: str, sample: str) -> str:
        """Return the token of a new blank; `sample` is a made-up answer, to work out the level with."""
        own = self.scene.own
        token = own(f"【待补：{label}】")
        self.blanks.append(Blank("", token, own(question), sample))
        return token

    def turn(self, choices: Sequence[str], key: str) -> str:
        """Return the next of some choices, so that a note's second draft does not repeat its first."""
        at = self.scene.turns[key]
        self.scene.turns[key] += 1
        return choices[at % len(choices)]

    def when(self, about: str) -> str:
        """Return the blank for a day."""
        return self.blank("哪天", f"{about}，打算哪天前做？", self.turn(("周三", "周五"), "when"))

    def step(self, about: str, label: str | None = None) -> str:
        """Return the blank for a concrete step."""
        sample = f"就{_plain(about)}{self.turn(STEPS, 'step')}"  # an author names what a step is for
        return self.blank(
            label or self.turn(_STEP_LABELS, "step_label"), f"{about}，具体做什么、改哪一处？", sample
        )

    def goal(self, about: str) -> str:
        """Return the blank for what is to be reached."""
        question = f"{about}，看哪个数、到多少算好？"
        sample = f"{_plain(about)}{self.turn(GOALS, 'goal')}"
        return self.blank(self.turn(_GOAL_LABELS, "goal_label"), question, sample)

    def cause(self, name: str | None, words: str) -> str:
        """Return the blank for a direct cause, named after what it explains."""
        label = f"{name}的直接原因" if name else "直接原因"
        what = name or quoted(words)
        question = f"{what}：是哪一步、哪群人出了什么问题？"
        return self.blank(label, question, self.turn(CAUSES, "cause"))

    def proof(self, is_hearsay: bool = False) -> str:
        """Return the blank for the proof of a cause, or of what somebody says is one."""
        question = _HEARSAY_QUESTION if is_hearsay else self.turn(_PROOF_QUESTIONS, "proof_question")
        return self.blank(self.turn(_PROOF_LABELS, "proof_label"), question, self.turn(PROOFS, "proof"))

    def draft(
        self,
        span: Span,
        rewritten: str,
        dimensions: Sequence[DimensionKey],
        rationale: str,
        codes: Sequence[str],
    ) -> RewriteDraft:
        """Return the finished draft, its blanks numbered as they stand."""
        used = sorted(
            (b for b in self.blanks if b.token in rewritten), key=lambda b: rewritten.index(b.token)
        )
        blanks = tuple(replace(b, id=f"b{n}") for n, b in enumerate(used, 1))
        return RewriteDraft(
            span, rewritten, tuple(dimensions), self.scene.own(rationale), tuple(codes), blanks
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft and what it is worth beside others of the same dimension."""

    worth: float
    draft: RewriteDraft


def quoted(words: str, limit: int = 22) -> str:
    """Return an author's words in quotes: whole clauses where they fit, else cut short and so marked."""
    words = _LABEL.sub("", words)
    if len(words) > limit:
        words = _shortened(words, limit)
    return "“" + words.replace("“", "‘").replace("”", "’") + "”"


def _shortened(words: str, limit: int) -> str:
    stops = [found.start() for found in _STOP.finditer(words, 0, limit + 1) if found.start() >= _LEAST]
    if stops:
        return words[: stops[-1]]
    return _WORD_PIECE.sub("", words[: limit - 1]).rstrip(" ，,、：:") + "…"


def _plain(about: str) -> str:
    return about.removeprefix("针对").strip("“”…")
