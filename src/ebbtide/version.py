"""The version, in one place: the build, the package and every reading name it."""

VERSION = "0.1.0"
