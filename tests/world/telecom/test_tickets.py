"""What subscribers say to the service desk."""

from __future__ import annotations

from labkit.world.telecom.tickets import COMPLAINTS, QUESTIONS, TOPICS, tickets


def test_tickets_speak_both_languages_with_every_hole_filled(of_lab):
    rows = of_lab(tickets)
    assert set(rows["topic"]) == set(TOPICS) == set(COMPLAINTS) == set(QUESTIONS)
    for column in ("text_en", "text_zh"):
        assert not rows[column].str.contains(r"[{}]").any()
        assert rows.loc[rows["is_complaint"], column].nunique() > 1_000
    assert rows["text_en"].str.isascii().all()
    assert rows["text_zh"].str.contains(r"[\u4e00-\u9fff]").all()
    assert (rows["resolved_hours"] >= 0).all()


def test_tickets_are_numbered_in_the_order_of_time(of_lab):
    rows = of_lab(tickets)
    assert rows["opened_at"].groupby(rows["ticket_id"] // 100_000).is_monotonic_increasing.all()
    assert rows["ticket_id"].is_unique
