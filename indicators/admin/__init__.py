"""The desks of indicators, one module for each noun."""

from . import actuals, catalogue, city, published, reference, rulings, targets

__all__ = ["actuals", "catalogue", "city", "published", "reference", "rulings", "targets"]
