"""[seeing] Text in, findings and released text out, on the writer's own device."""
