from labkit.grading.canonical import official_answers
from labkit.grading.results import LabOutcome, Outcome, PersonResult
from labkit.grading.similarity import similar_answers
from tests.grading.made_up import OWN_WORDS

LONG = OWN_WORDS["7.4"]["alarm_cost"]


def wrote(name, code, exercise="alarm_cost", lab_id="7.4"):
    return PersonResult(name, "f", (LabOutcome(lab_id, "en", "", (Outcome(exercise, "right", code=code),)),))


def test_the_same_code_is_listed_with_layout_and_remarks_apart():
    other = "# mine\n" + LONG.replace("    bill +=", "    bill  +=")
    (pair,) = similar_answers([wrote("A", LONG), wrote("B", other)])
    assert (pair.first, pair.second) == ("A", "B")
    assert pair.exercises == (("7.4", "alarm_cost", 1.0),)


def test_one_small_change_is_still_nearly_the_same():
    (pair,) = similar_answers([wrote("A", LONG), wrote("B", LONG.replace("days=2", "days=3"))])
    assert 0.95 <= pair.exercises[0][2] < 1


def test_other_code_is_not_listed():
    other = official_answers("7.4")["drift_began"][0].replace("drift_began", "alarm_cost")
    assert similar_answers([wrote("A", LONG), wrote("B", other)]) == []


def test_short_answers_and_what_is_near_the_official_solution_are_left_out():
    short = "pair_support = len(with_antecedent & with_consequent) / n_baskets"
    assert similar_answers([wrote(n, short, "pair_support", "3.3") for n in "AB"]) == []
    near = official_answers("7.4")["alarm_cost"][0].replace("days=2", "days=3")
    assert similar_answers([wrote(n, near) for n in "AB"]) == []


def test_the_pair_with_most_in_common_comes_first():
    both = PersonResult(
        "C",
        "f",
        (
            LabOutcome(
                "7.4",
                "en",
                "",
                (
                    Outcome("alarm_cost", "right", code=LONG),
                    Outcome("drift_began", "right", code=OWN_WORDS["7.4"]["drift_began"]),
                ),
            ),
        ),
    )
    pairs = similar_answers([wrote("A", LONG), both, PersonResult("D", "f", both.labs)])
    assert (pairs[0].first, pairs[0].second) == ("C", "D")
    assert len(pairs) == 3
