import subprocess
import sys

import pytest

from engine.cli import COMMANDS
from tests.cli.outcome import Outcome, Run

WRONG = [
    (("chek", "x"), "There is no command chek; did you mean check?"),
    (("zzz",), "There is no command zzz; crm --help lists them."),
    (("user", "ad"), "There is no command ad; did you mean add?"),
    (("check",), "PATH is missing."),
    (("user", "add", "a@example.org"), "--role is missing."),
    (("check", "x", "--fomat", "json"), "There is no option --fomat here; did you mean --format?"),
    (("check", "x", "--qqq"), "There is no option --qqq here."),
    (("check", "x", "--format", "xml"), "--format must be one of text, json."),
    (("serve", "--port", "70000"), "--port must be a whole number from 0 to 65535."),
    (("serve", "a", "b"), "This command line cannot be read; crm serve --help shows how it is written."),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_command_line_that_cannot_be_read_is_one_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    assert run(*words) == Outcome(2, "", sentence + "\n")


def test_the_sentence_is_in_the_language_of_the_terminal(run: Run) -> None:
    assert run("chek", LC_ALL="zh_CN.UTF-8").errors == "没有命令 chek；是不是想写 check？\n"


def test_a_language_that_is_asked_for_wins(run: Run) -> None:
    asked = [run("check", "--language", "zh-CN"), run("check", "--language=en", LC_ALL="zh_CN.UTF-8")]
    assert [outcome.errors for outcome in asked] == ["缺少 PATH。\n", "PATH is missing.\n"]


def test_an_unknown_language_is_refused(run: Run) -> None:
    assert run("check", "x", "--language", "fr").errors == "--language must be one of en, zh-CN.\n"


def test_without_words_the_commands_are_listed(run: Run) -> None:
    outcome = run()
    assert (outcome.code, [word for word in COMMANDS if f"\n  {word} " not in outcome.errors]) == (2, [])


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS), ("user", "add")], ids=" ".join)
def test_help_is_whole_in_both_languages(run: Run, words: tuple[str, ...]) -> None:
    english, chinese = run(*words, "--help"), run(*words, "--help", LC_ALL="zh_CN.UTF-8")
    assert (english.code, chinese.code, "cli." in english.output + chinese.output) == (0, 0, False)
    assert english.output.startswith(" ".join(("Usage: crm", *words)))
    assert chinese.output.startswith(" ".join(("用法： crm", *words)))


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from engine.cli import crm\n"
        "try: crm.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('sqlalchemy', 'starlette', 'uvicorn', 'yaml', 'jsonschema') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"
