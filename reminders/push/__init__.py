"""
Web push by RFC 8030 (delivery), 8291 (encryption) and 8292 (VAPID), knowing neither Django nor rows.

On `cryptography`, PyJWT and `h11`, for what the ready-made sender does by itself: a TTL of 0, redirects followed, no
time-out, bodies of any length, and the claims that it is handed changed.
"""
