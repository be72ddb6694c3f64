"""Writes dem.asc: a valley 400 m long and 200 m wide in cells of 10 m, falling 1 m in 100 m to the east."""
COLUMNS, ROWS, CELL = 40, 20, 10

print(f"ncols {COLUMNS}\nnrows {ROWS}\nxllcorner 1000\nyllcorner 2000\ncellsize {CELL}\nNODATA_value -9999")
for row in range(ROWS):  # from the north
    across = abs((row + 0.5) * CELL - ROWS * CELL / 2)  # [m] from the axis
    levels = [20 - 0.01 * (column + 0.5) * CELL + 0.02 * across for column in range(COLUMNS)]
    print(" ".join(f"{level:.2f}" for level in levels))
