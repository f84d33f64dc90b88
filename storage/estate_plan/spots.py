"""Where areas are on the plan, by the layout of its picture."""

from domain.estate_plan.spots import Spot
from storage.core.database import Transaction
from storage.estate_plan.pictures import CHANGED


def of_layout(tx: Transaction, layout: int) -> dict[str, Spot]:
    """All places kept for pictures of that shape, by the code of the area: also of areas there are no more."""
    rows = tx.query("SELECT area, x, y FROM plan_spots WHERE layout = ? ORDER BY area", (layout,))
    return {row["area"]: Spot(row["x"], row["y"]) for row in rows}


def put(tx: Transaction, layout: int, area: str, spot: Spot) -> None:
    """The area is there from now on."""
    tx.execute(
        "INSERT INTO plan_spots (layout, area, x, y) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (layout, area) DO UPDATE SET x = excluded.x, y = excluded.y",
        (layout, area, spot.x, spot.y),
    )
    tx.signal(CHANGED)


def remove(tx: Transaction, layout: int, area: str) -> bool:
    """The area has no place any more; False when it had none."""
    tx.signal(CHANGED)
    gone = tx.execute("DELETE FROM plan_spots WHERE layout = ? AND area = ?", (layout, area))
    return gone.rowcount > 0
