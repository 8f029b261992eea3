"""Name the things that cross from one room to another: masks, posts, profiles, the site.

Everything here is a frozen value. A noun that only one room knows lives in that room.
"""

from cmsite.model.answers import Answers, NewTerm, TermSlot
from cmsite.model.comment import Comment, Giscus, Thread
from cmsite.model.mask import FIXED_TERMS, POINTS, Mask, Point, Vocabulary, VocabularyTerm
from cmsite.model.person import Author, Experience, Link, Skill
from cmsite.model.picture import (
    NOT_IN_BROWSERS,
    CardSheet,
    DrawingRecipe,
    Fault,
    Picture,
    PictureFormat,
    PictureRecipe,
)
from cmsite.model.post import Body, CallToAction, Kind, Post, RawHtml, Variant, mark_of
from cmsite.model.profile import Expect, NewTarget, Order, Profile, Select, Target
from cmsite.model.search import IndexFile, SearchRecipe, SearchRecord
from cmsite.model.settings import Feeds, Overrides, Routes, Settings, Weights
from cmsite.model.site import MARKER, BuiltOutput, Manifest, Site, SiteFile
from cmsite.model.text import LANGUAGES, Extra, Html, Language, Localised, Place, Slug, Term, Terms, UrlPath
from cmsite.model.theme import SOCIAL_CARD, Asset, Font, Option, Palette, Template, Theme, below

__all__ = [
    "FIXED_TERMS",
    "LANGUAGES",
    "MARKER",
    "NOT_IN_BROWSERS",
    "POINTS",
    "SOCIAL_CARD",
    "Answers",
    "Asset",
    "Author",
    "Body",
    "BuiltOutput",
    "CallToAction",
    "CardSheet",
    "Comment",
    "DrawingRecipe",
    "Expect",
    "Experience",
    "Extra",
    "Fault",
    "Feeds",
    "Font",
    "Giscus",
    "Html",
    "IndexFile",
    "Kind",
    "Language",
    "Link",
    "Localised",
    "Manifest",
    "Mask",
    "NewTarget",
    "NewTerm",
    "Option",
    "Order",
    "Overrides",
    "Palette",
    "Picture",
    "PictureFormat",
    "PictureRecipe",
    "Place",
    "Point",
    "Post",
    "Profile",
    "RawHtml",
    "Routes",
    "SearchRecipe",
    "SearchRecord",
    "Select",
    "Settings",
    "Site",
    "SiteFile",
    "Skill",
    "Slug",
    "Target",
    "Template",
    "Term",
    "TermSlot",
    "Terms",
    "Theme",
    "Thread",
    "UrlPath",
    "Variant",
    "Vocabulary",
    "VocabularyTerm",
    "Weights",
    "below",
    "mark_of",
]
