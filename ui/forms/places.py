"""Places as they are asked in forms: the gazetteer behind a picker, and answers as drafts and documents keep them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from helpdesk.desk.places import Gazetteer
from helpdesk.households.documents import PlaceAnswer
from ui.theme import Look
from ui.widgets.place_picker import PlaceFound, PlacePicked, PlacePicker

CAMPS = ("camp", "site")


class Places:
    """The gazetteer of this desk in the window's language. The bundle's own places come in once they are known."""

    def __init__(self, look: Look, gazetteer: Callable[[], Gazetteer]) -> None:
        self._look = look
        self._load = gazetteer
        self._added: Gazetteer | None = None

    def use(self, gazetteer: Gazetteer) -> None:
        """Use this gazetteer from now on."""
        self._added = gazetteer

    @property
    def all(self) -> Gazetteer:
        """The places, read when first needed."""
        if self._added is None:
            self._added = self._load()
        return self._added

    def finder(self, kinds: Collection[str] | None = None) -> Callable[[str], Sequence[PlaceFound]]:
        """What a picker asks."""

        def find(typed: str) -> Sequence[PlaceFound]:
            return [self._found(place.place_id) for place in self.all.find(typed, kinds=kinds)]

        return find

    def _found(self, place_id: str) -> PlaceFound:
        language = self._look.words.language
        name, _, within = self.all.shown(place_id, language).partition(", " if language == "en" else "\u060c ")
        return PlaceFound(place_id, name, within)

    def name(self, place: PlaceAnswer | None) -> str:
        """A place as it is shown, with its village; "" for none."""
        if place is None:
            return ""
        known = self.all.shown(place.place_id, self._look.words.language) if place.place_id else place.unlisted
        return " \u00b7 ".join(part for part in (place.village, known) if part)

    def picker(self, name: str, title: str, kinds: Collection[str] | None = None) -> PlacePicker:
        """A picker over these places."""
        return PlacePicker(self._look, name, title, self.finder(kinds))

    def show(self, picker: PlacePicker, kept: str) -> None:
        """Show an answer as a draft kept it."""
        picked = picked_of(kept)
        name = self.all.shown(picked.place_id, self._look.words.language) if picked.place_id else picked.words
        picker.show_value(picked, name)


def kept_of(picked: PlacePicked) -> str:
    """A place as a draft keeps it: ``id:...``, ``words:...`` or nothing."""
    if picked.place_id:
        return f"id:{picked.place_id}"
    return f"words:{picked.words}" if picked.words else ""


def picked_of(kept: str) -> PlacePicked:
    """The reverse of :func:`kept_of`."""
    kind, _, told = kept.partition(":")
    if kind == "id":
        return PlacePicked(told)
    return PlacePicked(words=told) if kind == "words" else PlacePicked()


def kept_answer(answer: PlaceAnswer | None) -> str:
    """A document's place as a draft keeps it."""
    if answer is None:
        return ""
    return kept_of(PlacePicked(answer.place_id, answer.unlisted))


def answer_of(picked: PlacePicked, village: str = "") -> PlaceAnswer | None:
    """A picked place as documents hold it, None where nothing was answered."""
    if not (picked.place_id or picked.words or village):
        return None
    return PlaceAnswer(place_id=picked.place_id, unlisted=picked.words, village=village)
