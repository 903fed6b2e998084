"""「つながり」: what ties the wards to places that were struck, for staff who must know in the minute."""
