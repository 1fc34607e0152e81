import copy

import pytest

from labkit.grading.canonical import canonical_lab
from labkit.grading.notebook_file import Cell
from labkit.grading.plan import make_plan
from labkit.needed_cells import needed_cells
from tests.grading.made_up import OWN_WORDS, answered, code_cell, edition, place_of

LAB = canonical_lab("3.3", "en")
RIGHT = OWN_WORDS["3.3"]["pair_support"]


def plan_of(notebook):
    cells = [
        Cell(
            cell["cell_type"],
            "".join(cell["source"]),
            cell.get("id", ""),
            cell["metadata"].get("labkit", {}).get("exercise", ""),
        )
        for cell in notebook["cells"]
    ]
    return make_plan(LAB, cells)


def run_for(notebook, *exercises):
    return [cell.source for cell in plan_of(notebook).needed_for(exercises or ["pair_support"])]


@pytest.fixture
def lab():
    return answered("3.3", {"pair_support": RIGHT})


def test_an_untouched_notebook_attempts_nothing_in_either_language():
    for language in ("en", "zh"):
        assert plan_of(edition("3.3", language)).attempted == []


def test_only_the_cells_that_an_answer_needs_are_run(lab):
    sources = [cell.source for cell in LAB.cells]
    place = [cell.id for cell in LAB.cells].index("pair_support")
    sources[place] = RIGHT
    assert run_for(lab) == [sources[needed] for needed in needed_cells(sources, [place])]
    assert plan_of(lab).attempted == ["pair_support"]


def test_changed_demos_and_checks_are_replaced_by_what_was_handed_out(lab):
    expected = run_for(lab)
    for cell_id in ("read", "famous_pair", "check_pair_support", "start", "open"):
        lab["cells"][place_of(lab, cell_id)]["source"] = "n_baskets = 1\nwith_antecedent = set()"
    assert run_for(lab) == expected


def test_deleted_and_reordered_cells_are_back_in_their_place(lab):
    expected = run_for(lab)
    del lab["cells"][place_of(lab, "read")]
    lab["cells"].reverse()
    assert run_for(lab) == expected


def test_a_cell_that_was_added_runs_where_it_stands(lab):
    lab["cells"][place_of(lab, "pair_support")]["source"] = "pair_support = mine / n_baskets"
    lab["cells"].insert(
        place_of(lab, "famous_pair") + 1, code_cell("mine = len(with_antecedent & with_consequent)")
    )
    found = run_for(lab)
    assert found[-2:] == ["mine = len(with_antecedent & with_consequent)", "pair_support = mine / n_baskets"]


def test_an_added_cell_that_no_answer_needs_is_not_run(lab):
    expected = run_for(lab)
    lab["cells"].insert(3, code_cell("while True: pass"))
    lab["cells"].append(code_cell("import os; os.remove('x')"))
    assert run_for(lab) == expected


@pytest.mark.parametrize("lost", ["id", "exercise", "both", "every"])
def test_an_answer_is_found_without_its_identity(lab, lost):
    for cell in lab["cells"]:
        if lost == "every" or cell.get("id") == "pair_support":
            if lost in ("id", "both", "every"):
                del cell["id"]
            if lost in ("exercise", "both", "every"):
                cell["metadata"] = {}
    assert plan_of(lab).attempted == ["pair_support"]
    assert run_for(lab) == run_for(answered("3.3", {"pair_support": RIGHT}))


def test_an_answer_in_two_cells_is_put_together(lab):
    place = place_of(lab, "pair_support")
    lab["cells"][place]["source"] = "pair_support = {}"
    lab["cells"].insert(place + 1, code_cell("pair_support['both'] = 1"))
    assert run_for(lab)[-2:] == ["pair_support = {}", "pair_support['both'] = 1"]


def test_an_answer_below_the_untouched_stub_counts(lab):
    lab = edition("3.3")
    lab["cells"].insert(place_of(lab, "check_pair_support") + 1, code_cell(RIGHT))
    assert plan_of(lab).attempted == ["pair_support"]
    assert run_for(lab)[-1] == RIGHT


def test_a_copy_of_the_stub_below_the_answer_does_not_take_it_away(lab):
    stub = copy.deepcopy(edition("3.3")["cells"][place_of(lab, "pair_support")])
    lab["cells"].insert(place_of(lab, "pair_support") + 1, stub)
    assert run_for(lab)[-1] == RIGHT


def test_an_answer_written_into_the_check_cell_counts(lab):
    lab = edition("3.3")
    lab["cells"][place_of(lab, "check_pair_support")]["source"] = RIGHT + "\nlab.check('pair_support')"
    assert plan_of(lab).attempted == ["pair_support"]
    assert RIGHT in run_for(lab)[-1]


def test_a_helper_written_into_a_demo_is_there_and_the_demo_is_as_handed_out(lab):
    read = lab["cells"][place_of(lab, "read")]
    read["source"] = "".join(read["source"]) + "\ndef part(n): return n / 2\nn_baskets = 1"
    lab["cells"][place_of(lab, "pair_support")]["source"] = "pair_support = part(n_baskets)"
    found = run_for(lab)
    helper = next(place for place, source in enumerate(found) if "def part" in source)
    assert found[helper + 1] == LAB.cells[2].source
    assert LAB.cells[2].id == "read"


def test_what_was_written_counts_as_attempted_though_it_cannot_be_parsed_or_gives_no_name(lab):
    for source in ("pair_support = (", "pair_suport = 3", "exec('pair_support = 3')"):
        lab["cells"][place_of(lab, "pair_support")]["source"] = source
        assert plan_of(lab).attempted == ["pair_support"]
        assert run_for(lab)[-1] == source


def test_every_cell_has_an_id_of_its_own(lab):
    lab["cells"] += copy.deepcopy(lab["cells"])
    ids = [cell.id for cell in plan_of(lab).cells]
    assert len(set(ids)) == len(ids)


def test_headings_above_the_exercises_are_read_without_your_turn():
    assert LAB.questions["both_confidences"] == "Confidence, both ways"
    assert canonical_lab("3.3", "zh").questions["pair_support"] == "支持度"


def test_a_lab_says_the_seed_of_its_own_world():
    assert canonical_lab("10.1", "en").seed == 2027
    assert canonical_lab("3.3", "en").seed == 2026
