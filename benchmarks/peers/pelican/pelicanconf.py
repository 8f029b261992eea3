"""Set up Pelican for a blog of the same kinds of pages as cmsite's."""

PATH = "content"
ARTICLE_PATHS = ["blog"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["files"]
THEME = "theme"
THEME_STATIC_DIR = "."
PLUGIN_PATHS = ["."]
PLUGINS = ["neighbours"]

SITENAME = "Carnet de mesure"
SITEURL = "https://example.org"
DESCRIPTION = "Un corpus fait de listes de mots."
AUTHOR = "Camille Martin"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"

ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
TAGS_SAVE_AS = "tags/index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"
YEAR_ARCHIVE_URL = "archive/{date:%Y}/"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""

DIRECT_TEMPLATES = ["index", "blog", "tags", "archives", "sitemap", "404"]
BLOG_SAVE_AS = "blog/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"blog": 10}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "blog/page/{number}/", "blog/page/{number}/index.html"),
)

FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = "feed.xml"
TAG_FEED_ATOM = "tags/{slug}/feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
