"""The checker of pages finds what is wrong."""

import pytest

from tests.html import faults_of

GOOD = """<!doctype html><html lang="ja"><head><title>t</title></head><body><h1>題</h1><h2 id="a">節</h2>
<label for="q">語</label><input id="q" aria-describedby="a"><label>年 <select><option>1</option></select></label>
<table><caption>表</caption><tr><th scope="row">行</th></tr></table><img src="x.png" alt=""></body></html>"""


def test_a_good_page_has_no_fault():
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('lang="ja"', 'lang="en"'),
        ("<h1>題</h1>", ""),
        ("<h1>題</h1>", "<h1>題</h1><h1>題</h1>"),
        ("<h2 ", "<h3 "),
        ('id="a"', 'id="q"'),
        ('id="a"', 'id="b"'),
        ('<label for="q">語</label>', ""),
        ("<label>年", "年"),
        ("<caption>表</caption>", ""),
        (' scope="row"', ""),
        (' alt=""', ""),
        ("</label>", "</div>"),
        ("<!doctype html>", ""),
    ],
)
def test_each_fault_is_found(good, bad):
    assert faults_of(GOOD.replace(good, bad, 1)) != []
