"""Doc → record → checked bytes: the one place where normalized spans become original offsets."""
