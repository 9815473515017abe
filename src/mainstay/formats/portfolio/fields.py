"""What a published table of projects may say of a project: 22 fields, whatever their columns are called."""

from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    SHARE = "share"
    RATING = "rating"
    YEAR = "year"


class Field(StrEnum):
    ID = "id"
    NAME = "name"
    DEPARTMENT = "department"
    CATEGORY = "category"
    DESCRIPTION = "description"
    STATUS = "status"
    YEAR = "year"
    RATING = "rating"
    SECOND_RATING = "second_rating"
    RATING_NARRATIVE = "rating_narrative"
    START = "start"
    END = "end"
    SCHEDULE_NARRATIVE = "schedule_narrative"
    YEAR_BASELINE = "year_baseline"
    YEAR_FORECAST = "year_forecast"
    YEAR_VARIANCE = "year_variance"
    YEAR_VARIANCE_SHARE = "year_variance_share"
    YEAR_NARRATIVE = "year_narrative"
    COST = "whole_life_cost"
    COST_NARRATIVE = "cost_narrative"
    BENEFITS = "benefits"
    BENEFITS_NARRATIVE = "benefits_narrative"

    @property
    def kind(self) -> Kind:
        return KINDS.get(self, Kind.TEXT)

    @property
    def label(self) -> str:
        return LABELS.get(self, self.value.replace("_", " ").capitalize())


KINDS = {
    Field.YEAR: Kind.YEAR,
    Field.RATING: Kind.RATING,
    Field.SECOND_RATING: Kind.RATING,
    Field.START: Kind.DATE,
    Field.END: Kind.DATE,
    Field.YEAR_BASELINE: Kind.MONEY,
    Field.YEAR_FORECAST: Kind.MONEY,
    Field.YEAR_VARIANCE: Kind.MONEY,
    Field.YEAR_VARIANCE_SHARE: Kind.SHARE,
    Field.COST: Kind.MONEY,
    Field.BENEFITS: Kind.MONEY,
}
LABELS = {
    Field.ID: "Identifier",
    Field.YEAR: "Year of publication",
    Field.RATING: "Rating by the reviewer",
    Field.SECOND_RATING: "Rating by the senior responsible owner",
    Field.YEAR_VARIANCE_SHARE: "Year variance, %",
    Field.COST: "Whole-life cost",
    Field.COST_NARRATIVE: "Whole-life cost narrative",
}
