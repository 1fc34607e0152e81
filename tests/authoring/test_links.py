"""Links and images are found in every form that markdown has for them."""

from collections import Counter

from labkit.authoring.links import images_in, links_in

PROSE = """See [one](https://a.org/1 "title"), <https://a.org/2>, [three][ref], https://a.org/4. And <a href="five.html">5</a>.
![alt](six.en.svg) <img src="seven.png"> `[not](a-link)`

| a |
|---|
| [eight](../../zh/x.ipynb) |

[ref]: https://a.org/3
"""


def test_links_in_every_form():
    assert links_in(PROSE) == Counter(
        [
            "https://a.org/1",
            "https://a.org/2",
            "https://a.org/3",
            "https://a.org/4",
            "five.html",
            "../../*/x.ipynb",
        ]
    )


def test_images_in_every_form():
    assert images_in(PROSE) == Counter(["six.*.svg", "seven.png"])


def test_path_of_a_language_counts_as_the_same():
    assert links_in("[x](../en/a.ipynb)") == links_in("[x](../zh/a.ipynb)")
    assert links_in("[x](men.html)") != links_in("[x](mzh.html)")
    assert images_in("![x](a.zh.png)") == images_in("![x](a.en.png)")
