from labkit.grading.results import LabOutcome, Outcome, PersonResult
from labkit.grading.summary import person_counts, summarise, to_repeat
from labkit.language import Text

CONFIDENCE, EITHER = Text("Confidence.", "置信度。"), Text("Either.", "任一。")


def person(name, **outcomes):
    given = [
        Outcome(exercise, *outcome) if isinstance(outcome, tuple) else Outcome(exercise, outcome)
        for exercise, outcome in outcomes.items()
    ]
    return PersonResult(name, "f", (LabOutcome("3.3", "en", "", tuple(given)),))


def wrong(mistake, message):
    return "wrong", mistake, message


A_CLASS = [
    person("A", pair_support=wrong("either", EITHER), popular_pair="right"),
    person("B", pair_support=wrong("confidence", CONFIDENCE), popular_pair="not_attempted"),
    person("C", pair_support=wrong("confidence", CONFIDENCE), popular_pair=wrong("stopped", Text("A", "A"))),
    person("D", pair_support="right", popular_pair=wrong("stopped", Text("B", "B"))),
    PersonResult("E", "f"),
]


def test_mistakes_are_counted_the_most_common_first():
    support = summarise(A_CLASS, ["3.3"])[0]
    assert [(m.letter, m.name, m.persons) for m in support.mistakes] == [
        ("A", "confidence", ("B", "C")),
        ("B", "either", ("A",)),
    ]
    assert (support.handed_in, support.tried) == (4, 4)
    assert support.counts == {"wrong": 3, "right": 1}
    assert support.letter_of(A_CLASS[0].labs[0].outcomes[0]) == "B"
    assert support.question == Text("Support", "支持度")


def test_what_has_a_sign_of_its_own_takes_no_letter():
    persons = [
        person("A", pair_support=("own_world", "own_world", Text("x", "x"))),
        person("B", pair_support=wrong("either", EITHER)),
    ]
    mistakes = summarise(persons, ["3.3"])[0].mistakes
    assert {mistake.name: mistake.letter for mistake in mistakes} == {"own_world": "", "either": "A"}


def test_errors_of_any_kind_are_one_mistake():
    popular = next(each for each in summarise(A_CLASS, ["3.3"]) if each.name == "popular_pair")
    assert [(m.name, m.count) for m in popular.mistakes] == [("stopped", 2)]
    assert popular.tried == 3


def test_sentences_without_a_name_are_told_apart():
    persons = [person(n, pair_support=wrong("other", Text(m, m))) for n, m in ("Ax", "By", "Cx")]
    assert [m.count for m in summarise(persons, ["3.3"])[0].mistakes] == [2, 1]


def test_what_to_repeat_is_what_two_or_more_misunderstood_not_what_failed_to_run():
    ((exercise, mistake),) = to_repeat(summarise(A_CLASS, ["3.3"]))
    assert (exercise.name, mistake.name, mistake.count) == ("pair_support", "confidence", 2)


def test_a_person_is_counted_over_the_labs_handed_in():
    assert person_counts(A_CLASS[0]) == (1, 2, 2)
    assert person_counts(A_CLASS[1]) == (0, 1, 2)
    assert person_counts(A_CLASS[4]) == (0, 0, 0)
