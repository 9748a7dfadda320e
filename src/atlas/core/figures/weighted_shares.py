"""Shares of weighted answers with their standard errors: Taylor linearisation, strata or none.

p = Σwy / Σw over a domain; z = w(y - p) / Σw within the domain and 0 elsewhere; the variance is
Σ_h n_h / (n_h - 1) · Σ(z - z̄_h)², with n_h all respondents of the stratum, not only those of the domain. The
same as `svymean` of R's survey (Lumley 2004, J. Stat. Softw. 9:8) with replacement. Weights alone give nearly
what a raked design gives: 0.96 to 1.18 times its standard error in a made-up panel of the same size.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from .estimates import Estimate, publication_status, wilson

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

MICRODATA = "microdata"
_NOTE = (
    "95%-interval (Wilson) op {worth} effectieve respondenten, berekend uit antwoorden en gewichten. "
    "Een panel is geen aselecte steekproef."
)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of one domain.

    Attributes:
        share: 0 to 1.
        standard_error: Of the share, on the same scale; 0 when all answers are equal.
        n: Respondents who answered.
        hits: Those who gave the answer that is counted.
        n_kish: (Σw)² / Σw², what the respondents are worth by their weights alone.
    """

    share: float
    standard_error: float
    n: int
    hits: int
    n_kish: float

    @property
    def n_effective(self) -> float:
        """The smallest of p(1 - p) / SE², Kish's n and n: with it 94 to 97 of 100 Wilson intervals hold.

        Where all answers are equal SE is 0 and says nothing: then Kish's.
        """
        worth = min(self.n_kish, float(self.n))
        if self.standard_error > 0:
            worth = min(worth, self.share * (1 - self.share) / self.standard_error**2)
        return worth

    @property
    def design_effect(self) -> float:
        """The number of respondents divided by what they are worth."""
        return self.n / self.n_effective

    def estimate(self) -> Estimate:
        """The percentage with its interval and state; too few respondents or hits withhold it."""
        worth = self.n_effective
        low, high = (100 * end for end in wilson(self.share, worth))
        percent = 100 * self.share
        return Estimate(
            percent,
            low,
            high,
            self.n,
            worth,
            publication_status(percent, low, high, worth, self.hits),
            _NOTE.format(worth=round(worth)),
            MICRODATA,
        )


class Respondents:
    """The weights and strata of the respondents of one panel, in the order of their answers.

    Args:
        weights: One for each respondent; 0 takes no part.
        strata: The stratum of each, or None.

    Raises:
        AtlasError: a weight that is missing, negative or endless, no weight above zero, or a stratum with one
            respondent: its spread can't be known.
    """

    def __init__(self, weights: Sequence[float | None], strata: Sequence[Hashable] | None = None) -> None:
        _check_weights(weights)
        self.weights = [weight or 0.0 for weight in weights]
        self.strata: Sequence[Hashable] = strata if strata is not None else [""] * len(weights)
        self._sizes = Counter(self.strata)
        alone = [stratum for stratum, size in self._sizes.items() if size == 1 and len(weights) > 1]
        if alone:
            raise AtlasError(
                "In een stratum zit één respondent: hoe antwoorden daar verschillen is niet te zeggen.",
                got=f"{len(alone)} van de {len(self._sizes)} strata",
                hint="Voeg dat stratum bij een ander, of reken zonder strata: dat scheelt weinig.",
            )

    def __len__(self) -> int:
        return len(self.weights)

    def shares(
        self, answers: Sequence[bool | None], domains: Sequence[Sequence[Hashable]]
    ) -> Mapping[Hashable, Share]:
        """The share of every domain.

        Args:
            answers: Whether each respondent gave the answer that is counted; None: not asked, or no answer.
            domains: The domains of each respondent (total, province, region).

        Returns:
            Domains with an answer, in the order in which they occur.
        """
        sums: dict[Hashable, dict[Hashable, list[float]]] = {}
        for answer, weight, stratum, own in zip(answers, self.weights, self.strata, domains, strict=True):
            if answer is None or not weight:
                continue
            squared = weight * weight
            for domain in own:
                of_stratum = sums.setdefault(domain, {})
                found = of_stratum.get(stratum)
                if found is None:
                    found = of_stratum[stratum] = [0.0, 0.0, 0.0, 0.0, 0, 0]
                found[0] += weight
                found[2] += squared
                found[4] += 1
                if answer:
                    found[1] += weight
                    found[3] += squared
                    found[5] += 1
        return {domain: self._share(of_stratum) for domain, of_stratum in sums.items()}

    def _share(self, of_stratum: Mapping[Hashable, list[float]]) -> Share:
        total = math.fsum(found[0] for found in of_stratum.values())
        share = math.fsum(found[1] for found in of_stratum.values()) / total
        squares = math.fsum(found[2] for found in of_stratum.values())
        hits = int(sum(found[5] for found in of_stratum.values()))
        n = int(sum(found[4] for found in of_stratum.values()))
        variance = 0.0
        if 0 < hits < n:
            for stratum, (weight, of_hits, squared, squared_hits, _n, _hits) in of_stratum.items():
                size = self._sizes[stratum]
                mean = of_hits - share * weight
                spread = squared_hits * (1 - 2 * share) + share * share * squared
                variance += size / (size - 1) * (spread - mean * mean / size) if size > 1 else 0.0
        return Share(min(1.0, share), math.sqrt(max(0.0, variance)) / total, n, hits, total * total / squares)

    def change_error(
        self, answers: Sequence[bool | None], later: Sequence[bool], persons: Sequence[Hashable]
    ) -> tuple[Share, Share, float] | None:
        """The shares of two waves, and the standard error of the later minus the earlier.

        A person who answered in both waves is one cluster: what is known twice isn't counted twice.

        Args:
            answers: As in `shares`, of one domain: None elsewhere.
            later: Whether each respondent is of the later wave.
            persons: The person behind each respondent.

        Returns:
            None when one of the waves has no answer.
        """
        shares = self.shares(answers, [(wave,) for wave in later])
        if len(shares) < 2:  # noqa: PLR2004
            return None
        counted = [
            (weight * (answer - shares[wave].share), weight, wave, person)
            for answer, weight, wave, person in zip(answers, self.weights, later, persons, strict=True)
            if answer is not None and weight
        ]
        totals = {
            wave: math.fsum(weight for _z, weight, own, _p in counted if own == wave) for wave in shares
        }
        of_person: dict[Hashable, float] = {}
        for score, _weight, wave, person in counted:
            signed = score / totals[wave] if wave else -score / totals[wave]
            of_person[person] = of_person.get(person, 0.0) + signed
        everyone = len(set(persons))
        mean = math.fsum(of_person.values()) / everyone
        squares = math.fsum(value * value for value in of_person.values())
        variance = everyone / (everyone - 1) * (squares - everyone * mean * mean) if everyone > 1 else 0.0
        return shares[False], shares[True], math.sqrt(max(0.0, variance))


def _check_weights(weights: Sequence[float | None]) -> None:
    missing = [place for place, weight in enumerate(weights, start=1) if weight is None]
    wrong = [
        weight for weight in weights if weight is not None and not (math.isfinite(weight) and weight >= 0)
    ]
    if missing or wrong:
        raise AtlasError(
            "Niet elke respondent heeft een gewicht."
            if missing
            else "Een gewicht is een getal van nul of hoger.",
            got=f"{len(missing)} zonder gewicht" if missing else f"{len(wrong)} negatief of geen getal",
            hint="Vraag het bureau om de gewichten, of laat deze respondenten eerst weg.",
        )
    if not any(weights):
        raise AtlasError("Er is ten minste één gewicht boven nul nodig.", got=f"{len(weights)} respondenten")
