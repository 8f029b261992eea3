"""Word the questions of `cmsite who`, and all that is said between them, in each language."""

from __future__ import annotations

from msgspec import Struct

from cmsite.model import Point


class Question(Struct, frozen=True):
    """A question: its name, the question itself, one line on what it means, and what stands at the prompt."""

    name: str
    asked: str
    meaning: str
    prompt: str


class Words(Struct, frozen=True):
    """All that is said in one language, with plain spaces. `{…}` is filled by whoever asks."""

    title: str
    opening: str
    growing: str  # more of the opening, where mask.yml declares terms
    name: Question
    headline: Question
    language: Question
    points: dict[Point, Question]
    suggested_name: str  # where nothing better is known
    quote: str
    suffix: str  # between a prompt and the answer
    choose: str  # how to answer where there are terms
    choose_free: str  # where there are none yet
    unstated: str
    understood: str
    new: str
    near: str
    no_number: str
    only: str
    several: str
    no_letter: str
    garbled: str
    too_long: str
    bad_name: str
    taken_name: str
    shared_path: str
    bad_language: str
    yes_or_no: str
    written: str
    added: str
    phrase: str
    next: str
    build: str
    coverage: str
    no_lead: str
    lost_lead: str


YES = ("o", "oui", "y", "yes")
NO = ("n", "non", "no")
BOTH = ("les deux", "both")  # to the questions that have two answers
LANGUAGE_NAMES = {"francais": "fr", "french": "fr", "anglais": "en", "english": "en"}

WORDS = {
    "fr": Words(
        title="Quel community manager êtes-vous ?",
        opening=(
            "Un nom, un titre, une langue, puis six questions. Rien n’est écrit avant la dernière réponse,"
            " et Ctrl-C abandonne tout. Entrée accepte ce qui est entre crochets."
        ),
        growing="Un mot que mask.yml ne connaît pas encore y sera ajouté.",
        name=Question(
            "Nom",
            "Comment appeler ce profil ?",
            "Son fichier sera profiles/NOM.yml : minuscules sans accent, chiffres et traits d’union.",
            "Nom",
        ),
        headline=Question(
            "Titre",
            "Votre métier, en quelques mots ?",
            "Il se lit sous votre nom : « Community manager e-santé ». Entrée : rien pour l’instant.",
            "Titre",
        ),
        language=Question(
            "Langue",
            "Dans quelle langue ce public vous lit-il ?",
            "fr ou en. Les articles écrits dans l’autre langue ne paraîtront pas dans cette édition.",
            "Langue",
        ),
        points={
            Point.NICHE: Question(
                "Secteur",
                "Dans quel secteur ?",
                "Un secteur qui émerge, aussi précis que possible : l’e-santé plutôt que la santé.",
                "Secteur",
            ),
            Point.CHALLENGE: Question(
                "Enjeu",
                "Quel problème, quel but ?",
                "Ce que l’organisation gagne à vous avoir : fidéliser, rassurer, faire connaître.",
                "Enjeu",
            ),
            Point.SERVICE: Question(
                "Service",
                "À quelle place dans l’organisation ?",
                "L’équipe avec laquelle vous travaillez chaque jour.",
                "Service",
            ),
            Point.LOCALITY: Question(
                "Territoire",
                "Où, avec quelles particularités ?",
                "Une ville, une région, un pays : là où vous connaissez les gens et les usages.",
                "Territoire",
            ),
            Point.SCOPE: Question(
                "Périmètre",
                "Au-dedans de l’organisation, au-dehors, ou les deux ?",
                "Interne : collègues, bénévoles. Externe : clients, public, partenaires.",
                "Périmètre",
            ),
            Point.PRESENCE: Question(
                "Présence",
                "Sur place, en ligne, ou les deux ?",
                "Hors ligne : rencontres, permanences, salons. En ligne : forums, réseaux, messageries.",
                "Présence",
            ),
        },
        suggested_name="mon-profil",
        quote="« {} »",
        suffix=" : ",
        choose="Des numéros ou des mots, entre virgules. Entrée : non précisé.",
        choose_free="Vos propres mots, entre virgules. Entrée : non précisé.",
        unstated="non précisé",
        understood="→ {}",
        new="{} (nouveau)",
        near="{} ressemble à {}. Est-ce bien ce dernier ? (o/n)",
        no_number="Il n’y a pas de numéro {} : donnez-en un de 1 à {}, ou un mot.",
        only="{} n’est pas une réponse possible : {} ou {}.",
        several="{} peut dire plusieurs choses ({}) : donnez le numéro.",
        no_letter="{} n’a ni lettre ni chiffre : donnez un mot.",
        garbled="Une lettre n’est pas arrivée entière : tapez-la encore, ou sans son accent.",
        too_long="{} est trop long : {} caractères au plus.",
        bad_name="{} ne peut pas nommer un fichier. Pourquoi pas {} ?",
        taken_name="profiles/{}.yml existe déjà. Pourquoi pas {} ?",
        shared_path="{} est déjà le dossier (`path`) de {}. Pourquoi pas {} ?",
        bad_language="{} n’est pas une langue de cmsite : fr ou en ?",
        yes_or_no="Répondez o (oui) ou n (non).",
        written="{} est écrit.",
        added="Ajouté à mask.yml : {} ({}).",
        phrase="Une `phrase` à côté du `label`, et votre présentation le dira avec vos mots.",
        next="Et maintenant :",
        build="bâtir le site de ce public",
        coverage="voir où il vous reste à écrire",
        no_lead="D’abord, dites dans cmsite.yml lequel de vos profils mène, car il y en a plusieurs :",
        lost_lead="D’abord, corrigez cmsite.yml, qui nomme {}, un profil qui n’existe pas :",
    ),
    "en": Words(
        title="What kind of community manager are you?",
        opening=(
            "A name, a headline, a language, then six questions. Nothing is written before the last answer,"
            " and Ctrl-C drops it all. Enter takes what stands in brackets."
        ),
        growing="A word that mask.yml does not know yet is added to it.",
        name=Question(
            "Name",
            "What shall this profile be called?",
            "Its file will be profiles/NAME.yml: lower-case letters without accents, digits and hyphens.",
            "Name",
        ),
        headline=Question(
            "Headline",
            "Your job, in a few words?",
            "It stands under your name: “Community manager, digital health”. Enter: nothing for now.",
            "Headline",
        ),
        language=Question(
            "Language",
            "In which language does this audience read you?",
            "fr or en. Posts written in the other one stay out of this edition.",
            "Language",
        ),
        points={
            Point.NICHE: Question(
                "Sector",
                "In which sector?",
                "An emerging one, and as precise as you can: digital health rather than health.",
                "Sector",
            ),
            Point.CHALLENGE: Question(
                "Challenge",
                "Which problem, which goal?",
                "What the organisation gains by having you: people who stay, who trust, who know of it.",
                "Challenge",
            ),
            Point.SERVICE: Question(
                "Team",
                "Which place in the organisation?",
                "The team you work with every day.",
                "Team",
            ),
            Point.LOCALITY: Question(
                "Area",
                "Where, with what of its own?",
                "A town, a region, a country: where you know the people and their ways.",
                "Area",
            ),
            Point.SCOPE: Question(
                "Scope",
                "Inside the organisation, outside it, or both?",
                "Internal: colleagues, volunteers. External: customers, the public, partners.",
                "Scope",
            ),
            Point.PRESENCE: Question(
                "Presence",
                "In person, online, or both?",
                "Offline: meetings, drop-in hours, fairs. Online: forums, networks, chats.",
                "Presence",
            ),
        },
        suggested_name="my-profile",
        quote="“{}”",
        suffix=": ",
        choose="Numbers or words, between commas. Enter: not stated.",
        choose_free="Words of your own, between commas. Enter: not stated.",
        unstated="not stated",
        understood="→ {}",
        new="{} (new)",
        near="{} looks like {}. Did you mean that one? (y/n)",
        no_number="There is no number {}: give one from 1 to {}, or a word.",
        only="{} cannot be the answer here: {} or {}.",
        several="{} can mean several things ({}): give the number.",
        no_letter="{} has no letter or digit: give a word.",
        garbled="A letter did not arrive whole: type it again, or without its accent.",
        too_long="{} is too long: {} characters at most.",
        bad_name="{} cannot name a file. Why not {}?",
        taken_name="profiles/{}.yml is there already. Why not {}?",
        shared_path="{} is the folder (`path`) of {} already. Why not {}?",
        bad_language="{} is not a language of cmsite: fr or en?",
        yes_or_no="Answer y (yes) or n (no).",
        written="{} is written.",
        added="Added to mask.yml: {} ({}).",
        phrase="A `phrase` beside the `label` lets your statement say it in your own words.",
        next="And now:",
        build="build the site for this audience",
        coverage="see what is still to be written",
        no_lead="First say in cmsite.yml which of your profiles leads, for there are several:",
        lost_lead="First mend cmsite.yml, which names {}, a profile that does not exist:",
    ),
}
