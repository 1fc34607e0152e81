from labkit.grading.canonical import canonical_lab, official_answers
from labkit.grading.notebook_file import Cell
from labkit.grading.official import official_names
from labkit.grading.plan import make_plan
from tests.grading.made_up import OWN_WORDS


def named(lab_id, answers, language="en"):
    cells = [Cell("code", source, name, name) for name, source in answers.items()]
    return official_names(make_plan(canonical_lab(lab_id, language), cells))


def official(lab_id, *names):
    return {name: official_answers(lab_id)[name][0] for name in names}


def test_official_code_is_recognised_whatever_its_layout_and_the_edition():
    code = official("3.3", "strongest_rule")
    assert named("3.3", code) == {"strongest_rule"}
    assert named("3.3", code, "zh") == {"strongest_rule"}
    turned = {"strongest_rule": "# mine!\n" + code["strongest_rule"].replace("    ", " ")}
    assert named("3.3", turned) == {"strongest_rule"}


def test_a_short_solution_alone_says_nothing():
    assert named("3.3", official("3.3", "pair_support")) == set()


def test_a_short_solution_beside_a_long_one_counts():
    assert named("3.3", official("3.3", "pair_support", "strongest_rule")) == {
        "pair_support",
        "strongest_rule",
    }


def test_own_words_are_not_official():
    for lab_id, answers in OWN_WORDS.items():
        assert named(lab_id, answers) == set()
