"""Words in two languages, as the catalogue carries them."""

from pydantic import BaseModel, ConfigDict, Field


class LocalText(BaseModel):
    """A text in Chinese and in English. English may be empty; Chinese never is."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    zh_CN: str = Field(min_length=1, max_length=20_000)
    en: str = Field(default="", max_length=20_000)

    def get(self, language: str) -> str:
        """The text for `language` ("zh_CN", "en"), Chinese where there is none."""
        return (self.en if language.startswith("en") else "") or self.zh_CN
