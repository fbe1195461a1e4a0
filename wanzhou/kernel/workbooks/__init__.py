"""Tables that come from outside, opened with care before anyone believes a figure in them."""
