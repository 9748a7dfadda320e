"""Linked tables by chance: a tree of areas, and categories by one or two fields that share their totals."""

from atlas.protection.linked import Sum


def linked_table(random, areas=8, most=12, fields=2, categories=3):
    """Numbers with small ones and zeros among them, and every sum that holds between them."""
    places = [f"G{number}" for number in range(areas)]
    cut = sorted(random.sample(range(1, areas), k=min(2, areas - 1)))
    groups = [places[first:last] for first, last in zip([0, *cut], [*cut, areas], strict=True)]
    parts = [[f"{field}{number}" for number in range(categories)] for field in "ab"[:fields]]
    counts = {}
    for place in places:
        total = random.choice([0, 1, 2, 3, random.randint(0, most), random.randint(0, 10 * most)])
        counts[f"{place}|"] = total
        for of_field in parts:
            left = total
            for part in of_field[:-1]:
                counts[f"{place}|{part}"] = random.randint(0, left)
                left -= counts[f"{place}|{part}"]
            counts[f"{place}|{of_field[-1]}"] = left
    conditions = ["", *(part for of_field in parts for part in of_field)]
    wholes = {f"R{number}": group for number, group in enumerate(groups) if len(group) > 1}
    wholes["T"] = places
    sums = []
    for whole, inside in wholes.items():
        for condition in conditions:
            counts[f"{whole}|{condition}"] = sum(counts[f"{place}|{condition}"] for place in inside)
            sums.append(Sum(f"{whole}|{condition}", tuple(f"{place}|{condition}" for place in inside)))
    for area in (*places, *wholes):
        sums += [Sum(f"{area}|", tuple(f"{area}|{part}" for part in of_field)) for of_field in parts]
    return counts, sums
