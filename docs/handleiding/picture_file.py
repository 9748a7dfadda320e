"""How a picture of the manual is kept."""

from PIL import Image

#: so many that the colours of a legend stay what they are
COLOURS = 200


def shrink(source, target, width):
    """Fewer colours and pixels: a picture in a manual is read, not printed.

    Median cut gives its colours to the large areas, and would turn a small orange sign brown: these are
    chosen to cover all that occur, and then moved to where most pixels are.
    """
    image = Image.open(source).convert("RGB")
    image.thumbnail((width, 10_000), Image.Resampling.LANCZOS)
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=3).save(target, optimize=True)
