"""The full pass of a rural area, beside plain geopandas (buffer, sjoin, sjoin_nearest), on the demo data.

Read 520,000 addresses from GeoPackage, find 5,000 yards in them, countryside by address density, remoteness,
counts per area, surfaces, and write the results. Two processes in turns. Counting 1 km around 520,000
addresses makes two thousand million pairs: plain geopandas does a hundredth part of it, counted a hundred
times.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from measuring import figure, sized

OAD_PART = 100
DATE = "2026-02-01"


class Steps:
    """Seconds of each step, as it happens."""

    def __init__(self):
        self.seconds, self.busy = {}, {}

    def __call__(self, name, work, times=1):
        begin, busy = time.perf_counter(), time.process_time()
        result = work()
        self.seconds[name] = times * (time.perf_counter() - begin)
        self.busy[name] = times * (time.process_time() - busy)
        return result

    def report(self, **answers):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": self.seconds, "busy": self.busy, "megabytes": peak, **answers}))


def ours(folder):
    from datetime import date

    from atlas.core.areas.divisions import areas, members
    from atlas.core.counts.rural_methods import CountrysideMethod, RemotenessMethod
    from atlas.core.counts.tallies import combined_totals, count_records
    from atlas.core.disclosure.released import release_open
    from atlas.flows.demo import demo_files
    from atlas.geo.boundaries.levels import load_boundaries
    from atlas.geo.measuring.aggregates import municipal_totals, square_totals
    from atlas.geo.measuring.area_codes import square_codes
    from atlas.geo.measuring.assign import assign_areas
    from atlas.geo.measuring.countryside import address_density, countryside, density_at
    from atlas.geo.measuring.remoteness import remoteness
    from atlas.geo.registers.addresses import read_addresses
    from atlas.geo.registers.farms import match_farms
    from atlas.geo.registers.places import read_kernen
    from atlas.geo.registers.roads import read_roads
    from atlas.geo.surfaces.grids import density_surface, grid_around, remoteness_surface
    from atlas.geo.surfaces.surface_files import image_overlay, write_cog
    from atlas.geo.surfaces.zonal import zonal_statistics
    from atlas.store.tables import read_table

    files = demo_files(folder / "demo")
    municipalities = load_boundaries("gemeente")
    steps = Steps()
    addresses = steps("lezen", lambda: read_addresses(files.addresses).frame)
    kernen, roads = steps("kaarten", lambda: (read_kernen(files.kernen).frame, read_roads(files.roads).frame))
    yards = steps(
        "erven", lambda: match_farms(read_table(files.farms), addresses, today=date.fromisoformat(DATE)).frame
    )
    objects, signals = pd.read_csv(files.objects), pd.read_csv(files.signals)
    x, y = addresses["x"].to_numpy(), addresses["y"].to_numpy()
    homes = addresses[addresses["is_woning"]]
    codes = np.array([*municipalities["code"], ""], dtype=object)
    method = CountrysideMethod("oad", {}, DATE)

    densities = steps("oad", lambda: address_density(x, y))
    at_yards = density_at(yards["x"], yards["y"], x, y)
    rural = countryside(x, y, method, densities=densities)
    countryside(yards["x"], yards["y"], method, densities=at_yards)
    for frame in (yards, objects, signals):
        frame["gemeente_code"] = codes[assign_areas(frame["x"], frame["y"], municipalities.geometry)]
    measures = steps(
        "afgelegen",
        lambda: remoteness(yards, homes, RemotenessMethod(DATE), kernen=kernen.geometry, roads=roads),
    )

    def aggregate():
        tallies = []
        municipal = municipal_totals(municipalities, x, y)
        frames = (objects, yards, signals)
        in_squares = [square_codes(frame["x"], frame["y"]) for frame in frames]
        squares = square_totals(x, y, np.concatenate(in_squares))
        for frame, square in zip(frames, in_squares, strict=True):
            for level in ("gemeente", "surveyregio", "provincie"):
                totals = municipal if level == "gemeente" else combined_totals(municipal, level)
                whole = {part.code: one.code for one in areas(level) for part in members(one.code)}
                tallies.append(count_records(frame["gemeente_code"].map(whole).fillna(""), totals))
            tallies.append(count_records(square, squares))
        return tallies

    tallies = steps("tellen", aggregate)

    def surfaces():
        grid, within = grid_around(), municipalities.geometry
        given = {"peildatum": DATE, "within": within}
        for name, surface in (
            ("dichtheid", density_surface(objects["x"], objects["y"], grid, subject="objecten", **given)),
            ("afstand", remoteness_surface(homes["x"], homes["y"], grid, **given)),
        ):
            path = folder / f"{name}.tif"
            write_cog(path, release_open(surface, audience="team"))
            zonal_statistics(path, within)
            image_overlay(path)

    def write():
        addresses.assign(oad=densities, buitengebied=rural).to_parquet(folder / "adressen.parquet")
        yards.join(measures.drop(columns=["gemeente_code"], errors="ignore")).to_csv(folder / "erven.csv")
        pd.DataFrame([one for tally in tallies for one in tally.counts]).to_csv(folder / "tellingen.csv")

    steps("schrijven", write)
    steps("rasters", surfaces)
    steps.report(
        addresses=len(addresses),
        yards=len(yards),
        oad_sum=float(densities[::OAD_PART].sum()),
        rural=int(rural.sum()),
        nearest=float(measures["afstand_woning_m"].sum()),
        within_500=int(measures["woningen_500m"].sum()),
        per_municipality=[one.count for one in tallies[0].counts],
    )  # fmt: skip


def plain(folder):
    import geopandas as gpd

    from atlas.flows.demo import demo_files
    from atlas.geo.boundaries.levels import load_boundaries

    files = demo_files(folder / "demo")
    municipalities = load_boundaries("gemeente")

    def points(frame):
        return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["x"], frame["y"]), crs="EPSG:28992")

    def addresses():
        frame = gpd.read_file(files.addresses)
        gone = frame["status"].str.contains("ingetrokken|Niet gerealiseerd|ten onrechte")
        frame = frame[~gone & ~frame["identificatie"].duplicated()].reset_index(drop=True)
        lived_in = frame["status"].str.contains("in gebruik|Verbouwing")
        frame["is_woning"] = frame["gebruiksdoel"].str.contains("woonfunctie", na=False) & lived_in
        frame["adres_id"] = frame["identificatie"]
        return frame

    def businesses():
        keys = ["postcode", "huisnummer", "huisletter", "toevoeging"]
        listed = pd.read_csv(files.farms, dtype=str, keep_default_na=False)[keys]
        known = places[[*keys, "adres_id", "geometry"]].copy()
        known[keys] = known[keys].astype(str).replace({"None": "", "nan": "", "<NA>": ""})
        return gpd.GeoDataFrame(listed.merge(known, on=keys).drop_duplicates("adres_id"), crs=places.crs)

    steps = Steps()
    places = steps("lezen", addresses)
    kernen, roads = steps("kaarten", lambda: (gpd.read_file(files.kernen), gpd.read_file(files.roads)))
    own_yards = steps("erven", businesses).reset_index(drop=True)
    objects, signals = pd.read_csv(files.objects), pd.read_csv(files.signals)
    yards = own_yards.assign(x=own_yards.geometry.x, y=own_yards.geometry.y).drop(columns="geometry")
    homes = places[places["is_woning"]]

    def circles(frame, radius):
        return gpd.GeoDataFrame(
            {"place": frame.index}, geometry=frame.buffer(radius, quad_segs=32).values, crs=frame.crs
        )

    def oad():
        pairs = gpd.sjoin(places[["geometry"]], circles(places.iloc[::OAD_PART], 1000), predicate="within")
        return pairs.groupby("place").size() / np.pi

    densities = steps("oad", oad, times=OAD_PART)

    def remote():
        found = own_yards[["adres_id"]].copy()
        for radius in (250, 500):
            pairs = gpd.sjoin(homes[["adres_id", "geometry"]], circles(own_yards, radius), predicate="within")
            other = pairs["adres_id"].to_numpy() != own_yards["adres_id"].to_numpy()[pairs["place"]]
            found[f"woningen_{radius}m"] = pairs[other].groupby("place").size()
        # sjoin_nearest knows no second nearest: the own dwellings are left out first, as a user would
        others = homes[~homes["adres_id"].isin(own_yards["adres_id"])]
        found["woning"] = (
            gpd.sjoin_nearest(own_yards, others, distance_col="away").groupby(level=0)["away"].first()
        )
        polygons = kernen[["geometry"]]
        found["kern"] = (
            gpd.sjoin_nearest(own_yards, polygons, distance_col="away").groupby(level=0)["away"].first()
        )
        through = roads[roads["wegbehsrt"].isin(["R", "P", "W"])][["geometry"]]
        found["weg"] = (
            gpd.sjoin_nearest(own_yards, through, distance_col="away").groupby(level=0)["away"].first()
        )
        return found

    measures = steps("afgelegen", remote)

    def aggregate():
        number = gpd.sjoin(places, municipalities, predicate="within").groupby("code").size()
        tallies = []
        for frame in (objects, yards, signals):
            counts = gpd.sjoin(points(frame), municipalities, predicate="within").groupby("code").size()
            counts = counts.reindex(municipalities["code"], fill_value=0)
            tallies.append((counts, 1000 * counts / number))
            (frame["x"] // 500 * 5).astype(int).astype(str).str.cat(
                (frame["y"] // 500 * 5).astype(int).astype(str)
            ).value_counts()
        return tallies

    def write():
        places.to_parquet(folder / "plain_adressen.parquet")
        measures.to_csv(folder / "plain_erven.csv")
        pd.concat([counts for counts, _ in tallies]).to_csv(folder / "plain_tellingen.csv")

    tallies = steps("tellen", aggregate)
    steps("schrijven", write)
    steps.report(
        addresses=len(places),
        yards=len(own_yards),
        oad_sum=float(densities.sum()),
        nearest=float(measures["woning"].sum()),
        within_500=int(measures["woningen_500m"].sum()),
        per_municipality=tallies[0][0].tolist(),
    )


def run(kind, folder):
    text = subprocess.run(
        [sys.executable, __file__, kind, str(folder)], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(text.stdout)


def main():
    with tempfile.TemporaryDirectory() as folder:
        from atlas.flows.demo import make_demo

        make_demo(Path(folder, "demo"), seed=1, scale=sized(1.0, 0.02))
        pairs = [(run("ours", folder), run("plain", folder)) for _ in range(sized(3, 1))]
    first, other = pairs[0]
    print(
        f"{first['addresses']:,} addresses, {first['yards']:,} yards: seconds (and busy), median of 3 turns"
    )
    for step in pairs[0][0]["seconds"]:
        line = f"  {step:10}"
        mine, busy = (float(np.median([one[kind][step] for one, _ in pairs])) for kind in ("seconds", "busy"))
        line += f" {mine:7.2f} ({busy:.2f})"
        if step in pairs[0][1]["seconds"]:
            theirs = [other["seconds"][step] for _, other in pairs]
            ratio = np.median(
                [other / one["seconds"][step] for (one, _), other in zip(pairs, theirs, strict=True)]
            )
            scaled = f", measured on 1/{OAD_PART}" if step == "oad" else ""
            line += f"   plain {np.median(theirs):8.2f}{scaled}: {ratio:.1f} times"
        print(line)
    totals = [[sum(side["seconds"].values()) for side in pair] for pair in pairs]
    mine, theirs = np.median(totals, axis=0)
    ratio = np.median([plain / own for own, plain in totals])
    print(f"  full pass  {mine:.1f} s, plain {theirs:.0f} s (plain makes no rasters)")
    figure("rural area: the full pass, times as fast as plain geopandas", ratio)
    bare = [
        [total - side["seconds"]["oad"] for total, side in zip(*both, strict=True)]
        for both in zip(totals, pairs, strict=True)
    ]
    print(f"  without the address density: {np.median([plain / own for own, plain in bare]):.1f} times")
    print(f"  memory {pairs[0][0]['megabytes']:.0f} MB, plain {pairs[0][1]['megabytes']:.0f} MB")
    same = pairs[0][0]["per_municipality"] == pairs[0][1]["per_municipality"]
    if not same:
        sys.exit("THE COUNTS DIFFER")
    print("  the same counts per municipality")
    for name in ("addresses", "yards", "oad_sum", "nearest", "within_500"):
        one, other = (side[name] for side in pairs[0])
        print(f"  {name}: {one:,.0f}, plain {other:,.0f}")


if len(sys.argv) > 1:
    {"ours": ours, "plain": plain}[sys.argv[1]](Path(sys.argv[2]))
else:
    main()
