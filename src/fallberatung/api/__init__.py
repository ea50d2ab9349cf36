"""[blind] HTTP: routes, sign-ins, problem+json, static assets."""
