"""The nouns: frozen dataclasses with pure methods. They know only i18n."""
