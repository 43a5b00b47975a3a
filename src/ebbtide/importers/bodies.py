"""What a WhatsApp message is, from its words: text, media, a call, a deletion … and what of it a person wrote."""

from __future__ import annotations

import polars as pl

from ebbtide.importers.phrases import APP_MARK, MARKS, SPACE, Phrases, phrases

#: What the name of an attached file says about it, tried in order; anything else is a document.
FILE_FLAGS = {
    "voice": r"(?i)PTT-|AUDIO-|\.opus$",
    "sticker": r"(?i)STK-|STICKER-|\.webp$",
    "gif": r"(?i)GIF-|\.gif$",
    "contact": r"(?i)\.vcf$",
    "image": r"(?i)IMG-|PHOTO-|\.(?:jpe?g|png|heic)$",
    "video": r"(?i)VID-|VIDEO-|\.(?:mp4|mov|3gp|webm)$",
    "audio": r"(?i)AUD-|\.(?:mp3|m4a|aac|ogg|wav|amr)$",
}
UNIT_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}
#: Lines that begin with one name from which that name is a person's, however much it looks like a system line.
PERSON_LINES = 5
#: As often as this the same words are the app's.
ROTE = 3

AUTHOR = rf"^{MARKS}*(?:~{SPACE}?)?(?P<name>[^\n]{{1,120}}?):(?: (?P<body>(?s:.*))|{MARKS}*$)"


def split_author(rows: pl.DataFrame) -> pl.DataFrame:
    """Split `rest` of each header at its first colon into `name` and `body`; a line without an author has no name.

    A system line may hold a colon of its own ("Jo changed the subject to “Party: Friday”"). It is told from a message
    by what stands before the colon: the words of a system line, or a quotation that is still open.
    """
    parts = pl.col("rest").str.extract_groups(AUTHOR)
    split = rows.with_columns(
        _clean_name(parts.struct.field("name")).alias("name"), parts.struct.field("body").fill_null("").alias("body")
    )
    open_quote = pl.col("name").str.count_matches('["“”„«»]') % 2 == 1
    odd = pl.col("name").str.contains(phrases().system) | open_quote
    return split.with_columns(
        pl.when((pl.col("name") != "") & ~(odd & (pl.len().over("name") < PERSON_LINES)))
        .then(pl.col("name"))
        .alias("name")
    ).with_columns(pl.when(pl.col("name").is_null()).then(pl.col("rest")).otherwise(pl.col("body")).alias("body"))


def _clean_name(name: pl.Expr) -> pl.Expr:
    """A name without marks, with plain spaces and hyphens, as somebody would type it."""
    plain = name.str.replace_all(MARKS, "").str.replace_all("[\u00a0\u2007\u202f]", " ")
    return plain.str.replace_all("\u2011", "-", literal=True).str.strip_chars()


def read_bodies(rows: pl.DataFrame) -> pl.DataFrame:
    """Add kind, text, seconds_lasted, flags and person to rows with `name` and `body`; a system line has no person.

    Few messages hold any phrase of the app. They are found first, by one pass over the column, and only they are
    looked at closely.
    """
    table = rows.with_columns(pl.col("body").str.replace_all(MARKS, "").str.strip_chars().alias("plain"))
    close = (
        pl.col("plain").is_in(["", "null"])
        | pl.col("body").str.starts_with(APP_MARK)
        | pl.col("plain").str.starts_with("<")
        | pl.col("plain").str.contains_any(list(phrases().needles), ascii_case_insensitive=True)
    )
    table = table.with_columns((close & pl.col("name").is_not_null() | pl.col("name").is_null()).alias("close"))
    ordinary = table.filter(~pl.col("close")).with_columns(
        pl.lit("text").alias("kind"),
        pl.col("plain").alias("text"),
        pl.lit(None, pl.Float64).alias("seconds_lasted"),
        pl.lit([], pl.List(pl.String)).alias("flags"),
        pl.col("name").alias("person"),
    )
    columns = [*rows.columns, "kind", "text", "seconds_lasted", "flags", "person"]
    looked_at = _look(table.filter("close"), phrases())
    return pl.concat([ordinary.select(columns), looked_at.select(columns)]).sort("line")


def _look(rows: pl.DataFrame, said: Phrases) -> pl.DataFrame:
    """Kind, text, seconds, flags and person of rows that hold a phrase of the app."""
    return (
        rows.with_columns(
            pl.col("body").str.contains(said.edited).alias("edited"),
            pl.col("body").str.replace(said.edited, "").alias("body"),
            pl.col("body").str.starts_with(APP_MARK).alias("marked"),
        )
        .with_columns(pl.col("body").str.replace_all(MARKS, "").str.strip_chars().alias("plain"))
        .with_columns(_stands_for(said).alias("stands_for"))
        .with_columns(_caption(said).alias("caption"))
        .with_columns(_kind(said).alias("kind"))
        .with_columns(
            _text().alias("text"),
            _seconds(said).alias("seconds_lasted"),
            _flags(said).alias("flags"),
            pl.when(pl.col("kind") != "system").then(pl.col("name")).alias("person"),
        )
    )


def _stands_for(said: Phrases) -> pl.Expr:
    """What a body stands in place of: the flag of a file, or why the words are missing; null for words."""
    body, plain = pl.col("body"), pl.col("plain")
    file = pl.coalesce(body.str.extract(said.attached, 1), body.str.extract(said.attached, 2))
    return pl.coalesce(
        *(pl.when(file.str.contains(pattern)).then(pl.lit(flag)) for flag, pattern in FILE_FLAGS.items()),
        pl.when(file.is_not_null()).then(pl.lit("document")),
        *(pl.when(body.str.contains(pattern)).then(pl.lit(flag)) for flag, pattern in said.omitted.items()),
        pl.when(plain == "null").then(pl.lit("null")),
        pl.when(plain == "").then(pl.lit("empty")),
        pl.when(plain.str.contains(said.waiting)).then(pl.lit("waiting")),
        pl.when(plain.str.contains(said.view_once)).then(pl.lit("view_once")),
        pl.when(_said_by_rote() & ~plain.str.contains(said.system)).then(pl.lit("unknown")),
    )


def _said_by_rote() -> pl.Expr:
    """Words of the app in a language without a table: in angle brackets or marked, and the same again and again."""
    told_apart = pl.col("plain").str.contains(r"^<[^<>\n]{3,60}>$") | pl.col("marked")
    return told_apart & (pl.len().over("plain") >= ROTE)


def _caption(said: Phrases) -> pl.Expr:
    """The words beside a file, null where there are none; the name and length of a document are not words."""
    left = pl.col("body").str.replace_all(said.attached, "")
    for pattern in said.omitted.values():
        left = left.str.replace_all(pattern, "")
    left = left.str.replace_all(MARKS, "").str.strip_chars()
    file_name = left.str.contains(r"^[^\n]*\.[A-Za-z0-9]{1,5}(?: • [^\n]*)?$")
    return pl.when((left != "") & ~(file_name & (pl.col("stands_for") == "document"))).then(left)


def _kind(said: Phrases) -> pl.Expr:
    plain = pl.col("plain")
    return (
        pl.when(plain.str.contains(said.missed))
        .then(pl.lit("missed_call"))
        .when(pl.col("name").is_null() | plain.str.contains(said.notice))
        .then(pl.lit("system"))
        .when(plain.str.contains(said.unanswered))
        .then(pl.lit("missed_call"))
        .when(plain.str.contains(said.call))
        .then(pl.lit("call"))
        .when(plain.str.contains(said.deleted))
        .then(pl.lit("deleted"))
        .when(plain.str.contains(said.location) | plain.str.contains(said.live))
        .then(pl.lit("location"))
        .when(plain.str.contains(said.poll) & plain.str.contains(said.option))
        .then(pl.lit("poll"))
        .when(pl.col("stands_for") == "voice")
        .then(pl.lit("voice"))
        .when(pl.col("stands_for").is_not_null())
        .then(pl.lit("media"))
        .when(pl.col("marked") & plain.str.contains(said.system))
        .then(pl.lit("system"))
        .otherwise(pl.lit("text"))
    )


def _text() -> pl.Expr:
    """What somebody wrote: the words, a caption, the question of a poll; nothing for what the app says."""
    kind, plain = pl.col("kind"), pl.col("plain")
    written = pl.col("stands_for").is_in(["null", "empty", "waiting", "view_once", "unknown"]).not_().fill_null(True)
    return (
        pl.when(kind.is_in(["text", "system"]))
        .then(plain)
        .when(kind.is_in(["media", "voice"]) & written)
        .then(pl.col("caption"))
        .when(kind == "poll")
        .then(plain.str.extract(r"^[^\n:]*:\s*([^\n]+)", 1))
    )


def _seconds(said: Phrases) -> pl.Expr:
    """How long a call lasted, where it says so."""
    parts = [
        pl.col("plain").str.extract(pattern, 1).cast(pl.Float64).fill_null(0) * UNIT_SECONDS[unit]
        for unit, pattern in said.units.items()
    ]
    total = pl.sum_horizontal(parts)
    return pl.when((pl.col("kind") == "call") & (total > 0)).then(total)


def _flags(said: Phrases) -> pl.Expr:
    kind, plain = pl.col("kind"), pl.col("plain")
    each = [
        pl.when((kind == "media") & (pl.col("stands_for") != "any")).then(pl.col("stands_for")),
        pl.when(kind.is_in(["call", "missed_call"]) & plain.str.contains(said.video)).then(pl.lit("video")),
        pl.when((kind == "location") & plain.str.contains(said.live)).then(pl.lit("live")),
        pl.when(pl.col("edited")).then(pl.lit("edited")),
    ]
    return pl.concat_list(each).list.drop_nulls()
