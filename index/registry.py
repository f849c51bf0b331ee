"""The people of one document and all the ways its labels call them.

``"Ann Lee (Secretary General)"``, ``"Ann Lee"``, ``"LEE"``, ``"Secretary General"``, ``"AL"`` and the typo ``"Ann
Lea"`` are
one person; the registry is asked with any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.lexicon import HONORIFIC_OPENERS, HONORIFICS, PARTICLES, ROLE_HEADS, ROLE_QUALIFIERS
from index.names import display_name, edits, fold, fold_words, initials, is_all_capitals, strip_honorifics
from index.types import Person

# A deputy is not the one deputised for: these words must agree on both sides.
_DISTINGUISHING = frozenset(
    "deputy vice assistant acting former under adjoint заместитель заступник stellvertretender chief".split()
)
_MOST_COMPARED = 500  # people; in a document that names more, only exact names are looked up
_SHORT = {
    "sg": "secretary general",
    "dsg": "deputy secretary general",
    "pm": "prime minister",
    "fm": "foreign minister",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
}


@dataclass(slots=True)
class Entry:
    """One person: ``name`` as first printed, ``role`` in this document, ``affiliation`` an outlet or a body."""

    name: str
    role: str | None = None
    affiliation: str | None = None
    in_header: bool = False
    also: str | None = None  # the name in another script


@dataclass(slots=True)
class Registry:
    """People by every name they go by; ``entries`` keeps their order of appearance."""

    entries: list[Entry] = field(default_factory=list)
    _by_fold: dict[str, int | None] = field(default_factory=dict)  # None: two people share that name
    _misses: set[str] = field(default_factory=set)

    def add_header(self, people: Iterable[Person], spellings: Mapping[str, str]) -> None:
        """Enter the people a header names; ``spellings`` are their names in another script."""
        for person in people:
            at = self.add(person.name, role=person.role, in_header=True)
            if other := spellings.get(person.name):
                self.entries[at].also = other
                self._learn(at)

    def add(
        self, name: str, *, role: str | None = None, affiliation: str | None = None, in_header: bool = False
    ) -> int:
        """Enter a person, or add to one already known. Returns the place in ``entries``."""
        shown = display_name(name)
        known = self.find(shown)
        if known is None:
            self.entries.append(Entry(shown, role, affiliation, in_header))
            self._learn(len(self.entries) - 1)
            return len(self.entries) - 1
        entry = self.entries[known]
        entry.role = entry.role or role
        entry.affiliation = entry.affiliation or affiliation
        entry.in_header = entry.in_header or in_header
        if len(fold_words(shown)) > len(fold_words(entry.name)) and set(fold_words(entry.name)) <= set(
            fold_words(shown)
        ):
            entry.name = shown
            self._learn(known)
        elif is_all_capitals(entry.name) and not is_all_capitals(shown):
            entry.name = shown
        elif _declined(entry.name, shown) and entry.in_header and not in_header and entry.also is None:
            entry.name = shown  # headers print names in the genitive, labels do not
            self._learn(known)
        return known

    def find(self, name: str, *, fuzzy: bool = True) -> int | None:
        """Who goes by ``name``: in full, by surname, by some of the names, or with a typo of one or two letters."""
        key = fold(strip_honorifics(name))
        if not key or key in self._misses:
            return None
        if key in self._by_fold:
            return self._by_fold[key]
        few = len(self.entries) <= _MOST_COMPARED
        found = self._some_of(key) if few else None
        if found is None and fuzzy and few:
            found = self._misspelt(key)
        if found is None and fuzzy:
            self._misses.add(key)
        return found

    def find_role(self, role: str) -> int | None:
        """Who holds ``role``, if exactly one person does."""
        wanted = _role_words(role)
        held = [(at, _role_words(entry.role)) for at, entry in enumerate(self.entries[:_MOST_COMPARED]) if entry.role]
        matching = [at for at, words in held if _same_office(wanted, words)]
        if len(matching) > 1:
            exact = [at for at, words in held if words == wanted]
            matching = exact or [at for at in matching if self.entries[at].in_header]
        return matching[0] if len(matching) == 1 else None

    def find_initials(self, letters: str) -> int | None:
        """Whose initials ``letters`` are, if exactly one person's."""
        matching = [
            at
            for at, entry in enumerate(self.entries[:_MOST_COMPARED])
            if initials(entry.name) == letters.upper() and " " in entry.name
        ]
        return matching[0] if len(matching) == 1 else None

    def _learn(self, at: int) -> None:
        self._misses.clear()
        words = fold_words(self.entries[at].name)
        others = fold_words(self.entries[at].also or "")
        names = {" ".join(each[cut:]) for each in (words, others) for cut in range(len(each))}
        for name in names:
            if name and not set(name.split()) <= PARTICLES:
                known = self._by_fold.get(name, at)
                self._by_fold[name] = at if known == at else None
        self._by_fold[" ".join(words)] = at

    def _some_of(self, key: str) -> int | None:
        wanted = set(key.split())
        matching = [at for at, entry in enumerate(self.entries) if wanted <= set(fold_words(entry.name))]
        if not matching and len(wanted) > 1:
            # "Anders Fogh Rasmussen" for somebody entered as "Rasmussen", "Jamie P. Shea" for "Jamie Shea"
            matching = [at for at, entry in enumerate(self.entries) if set(fold_words(entry.name)) <= wanted]
        if not matching and len(wanted) > 1:
            matching = [at for at, entry in enumerate(self.entries) if _office_and_surname(key.split(), entry)]
        if not matching and len(wanted) > 1:
            matching = [at for at, entry in enumerate(self.entries) if _rank_and_surname(key.split(), entry)]
        return matching[0] if len(matching) == 1 else None

    def _misspelt(self, key: str) -> int | None:
        matching = [
            at
            for at, entry in enumerate(self.entries)
            if _misspells(key, fold(entry.name)) or (entry.also and _misspells(key, fold(entry.also)))
        ]
        return matching[0] if len(matching) == 1 else None


def _office_and_surname(words: list[str], entry: Entry) -> bool:
    """``HARBOUR MASTER PRATT`` is Enzo Pratt, harbour master."""
    return words[-1] == fold_words(entry.name)[-1] and set(words[:-1]) <= set(fold_words(entry.role or ""))


def _rank_and_surname(words: list[str], entry: Entry) -> bool:
    """``Air Comodore Lee`` is Ann Lee: all before the surname is a rank, with a letter wrong at most in each word."""
    return words[-1:] == fold_words(entry.name)[-1:] and all(
        word in HONORIFIC_OPENERS or any(edits(word, rank, most=1) <= 1 for rank in HONORIFICS if len(rank) > 4)
        for word in words[:-1]
    )


def _declined(printed: str, name: str) -> bool:
    cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in name)
    return cyrillic and fold(printed) != fold(name) and len(printed.split()) == len(name.split())


def _misspells(key: str, name: str) -> bool:
    most = 2 if len(key) >= 9 else 1 if len(key) >= 5 else 0
    if not most or not name or (key[0] != name[0] and key[0] != name.split()[-1][0]):
        return False
    if edits(key, name, most=most) <= most:
        return True
    last = name.split()[-1]
    return " " not in key and len(last) >= 5 and edits(key, last, most=most) <= min(most, 1 + (len(last) > 8))


def _role_words(role: str | None) -> set[str]:
    words = fold_words((role or "").replace("-", " "))
    return {
        part
        for word in words
        for part in _SHORT.get(word, word).split()
        if part not in PARTICLES | HONORIFICS - {"general"}
    }


def _same_office(wanted: set[str], held: set[str]) -> bool:
    """Whether the words of a label are (part of) an office held, and neither side names a deputy the other does not."""
    telling = {word for word in wanted if word in ROLE_HEADS or word not in ROLE_QUALIFIERS}
    if not telling or not wanted <= held | {"the"}:
        return False
    return (wanted & _DISTINGUISHING) == (held & _DISTINGUISHING)
