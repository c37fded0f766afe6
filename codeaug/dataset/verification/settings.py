"""What the settings keep out of a dataset, by the filters that kept it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from codeaug.dataset import filters
from codeaug.errors import MissingTool

Record = dict[str, Any]


class KeptOut:
    """Tells what is there against the settings."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._licenses, self._target = settings["licenses"], settings["target_model"]
        self._skipped = filters.skipped(settings["skip"])
        self._personal_data = settings["personal_data"]
        self.missing = ""
        """What is not installed, so that secrets were not looked for."""

    def unit(self, unit: Record) -> Iterator[str]:
        if why := self._skipped(unit["path"]):
            yield why
        if self._licenses and not unit["licenses"]:
            yield "tells no licence, and the settings allow only some"
        elif unit["licenses"] and not self._licenses:
            yield "tells licences, and the settings ask for none"
        elif why := filters.licensed(unit["licenses"], self._licenses):
            yield why
        described = unit["description"]
        if isinstance(described, dict) and self._same(described["model"]):
            yield "has a caption by the model that is to be tuned"

    def variant(self, variant: Record) -> Iterator[str]:
        if variant["use"] != "ancestor" and self._same(variant["origin"]["model"]):
            yield "was made by the model that is to be tuned"

    def _same(self, model: str) -> bool:
        return filters.same_family(self._target, model)

    def text(self, text: str) -> str:
        """Why a text may not be there; "" where it may."""
        if not self._personal_data and (why := filters.personal_data_in(text)):
            return why
        try:
            return filters.secret_in(text)
        except MissingTool as error:
            self.missing = str(error)
            return ""
