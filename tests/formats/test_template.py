"""Templates of people: rendered with what they are given, stopped where they reach for more."""

from __future__ import annotations

from pathlib import Path

import pytest

from notes_tui.errors import MissingExtraError, UnreadableFileError
from notes_tui.formats.template import render

SHARED = {
    "items": [{"citekey": "a", "title": "A <b>", "year": None}, {"citekey": "b", "title": "B", "year": 2020}]
}


def test_a_template_makes_one_text_of_all_items() -> None:
    template = "{% for item in items %}\n{{ item.title }}{{ ' ' ~ item.year if item.year }}\n{% endfor %}\n"
    assert render("t.j2", template, SHARED) == ["A <b>\nB 2020\n"]


def test_a_template_makes_a_text_of_each_item() -> None:
    each = [{"item": item} for item in SHARED["items"]]
    assert render("t.j2", "{{ item.citekey }}/{{ items | length }}", SHARED, each) == ["a/2", "b/2"]
    assert render("t.j2", "x", SHARED, []) == []


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("one\n{% for %}", "t.j2, line 2: "),
        ("one\n\n{{ nothing.at_all }}", "t.j2, line 3: 'nothing' is undefined"),
        ("{{ items[0].titel }}", "t.j2, line 1: "),
        ("one\n{{ 1 / 0 }}", "t.j2, line 2: ZeroDivisionError"),
        ("{{ items | nothing }}", "t.j2, line 1: No filter named 'nothing'"),
        ("{% include 'secret.txt' %}", "t.j2, line 1: "),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError"),
    ],
)
def test_a_wrong_template_is_named_with_the_line(template: str, said: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        render("t.j2", template, SHARED)
    assert said in caught.value.detail


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ items.__class__.__base__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__['os'].system('id') }}",
        "{{ ''['__class__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ '{0.__class__.__init__.__globals__}'.format(items) }}",
        "{{ items.append(1) }}",
        "{% import 'os' as os %}",
    ],
)
def test_what_lies_behind_the_values_cannot_be_reached(template: str) -> None:
    with pytest.raises(UnreadableFileError):
        render("t.j2", template, SHARED)


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 10 ** 11 }}",
        "{{ '%99999999999d' % 1 }}",
        "{{ 'x' | center(10 ** 11) }}",
        "{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}",
        "{{ 9 ** (9 ** 9) }}",
    ],
)
def test_an_endless_or_boundless_template_ends(template: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"t\.j2"):
        render("t.j2", template, SHARED, seconds=2)


def test_without_jinja_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "jinja2.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(MissingExtraError) as caught:
        render("t.j2", "x", SHARED)
    assert caught.value.hint == "pip install 'notes-tui[templates]'"
