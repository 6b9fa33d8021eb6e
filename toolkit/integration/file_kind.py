"""Which files the official hooks take for text, and which must never be changed.

The hooks run on files of pre-commit's type ``text``, which the library identify finds: by name, else by the first
kilobyte. The tables are those of identify 2.6.20 (``identify/extensions.py``, ``identify.identify.is_text``).
"""

import posixpath
from typing import Final


def _table(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


BINARY_EXTENSIONS: Final = _table(
    "ai asar avif bmp bz2 bz3 dll ear eot eps exe fits ggb gif gz icns ico jar jpeg jpg mscz otf p12 pdf png pyz",
    "pyzw so swf tar tgz tif tiff ttf war wav webp whl woff woff2 zip",
)
TEXT_EXTENSIONS: Final = _table(
    "adoc aj apinotes asciidoc asm astro avsc bash bat bats bazel bb bbappend bbclass beancount bib bzl c c++ c++m",
    "cc ccm cfg chs cjs clj cljc cljs cmake cmd cnf coffee conf cpp cppm cr crt cs csh cson csproj css csv csx cu",
    "cue cuh cxx cxxm cylc dart dbc def diff dtd edn ejs ejson elm env erb erl escript ex exs eyaml f03 f08 f90 f95",
    "feature fish fs fsproj fsx gd gemspec geojson gleam go gotmpl gpx gradle graphql groovy gyb gyp gypi h hbs hcl",
    "hh hlsl hlsli hpp hrl hs htm html hxx ics idl idr inc ini inl ino inx ipp ipxe ipynb ixx j2 jade java jbuilder",
    "jenkins jenkinsfile jinja jinja2 jl js json json5 jsonld jsonnet jsx key kml kt kts lean lektorproject less",
    "lfm lhs libsonnet lidr liquid lpi lpr lr lua luau m m4 magik make manifest map markdown md mdx meson metal mib",
    "mjs mk ml mli mm modulemap mscx mustache myst ngdoc nim nimble nims nix njk nu pas patch pem php php4 php5",
    "phtml piskel pl plantuml pm po pom pp prisma properties props proto ps1 psd1 psm1 pug puml purs pxd pxi py pyi",
    "pyproj pyt pyw pyx qmd qml r rake rb resx rng robot rs rst s sas sass sbt sc scala scm scss sh sln slnx sls",
    "sol spec sql ss sty styl sv svelte svg svh swift swiftdeps tac targets templ tex textproto tf tfvars thrift",
    "toml tpp ts tsv tsx twig txsprofile txt txtpb urdf v vala vb vbproj vcxproj vdx vh vhd vim vtl vue wixproj wkt",
    "wsdl wsgi wxi wxl wxs xacro xaml xcconfig xcscheme xctestplan xcworkspacedata xhtml xlf xliff xml xq xql xqm",
    "xqu xquery xqy xsd xsl xslt yaml yamlld yang yin yml zcml zig zpt zsh",
)
TEXT_NAMES: Final = _table(
    ".ansible-lint .babelrc .bash_aliases .bash_profile .bashrc .bazelrc .bowerrc .browserslistrc .clang-format",
    ".clang-tidy .codespellrc .coveragerc .cshrc .csslintrc .dockerignore .editorconfig .envrc .flake8",
    ".gitattributes .gitconfig .gitignore .gitlint .gitmodules .hgrc .isort.cfg .jshintrc .mailmap .mention-bot",
    ".npmignore .pdbrc .prettierignore .profile .pypirc .rstcheck.cfg .salt-lint .sqlfluff .yamllint .zlogin",
    ".zlogout .zprofile .zshenv .zshrc AUTHORS BUILD Brewfile CHANGELOG CMakeLists.txt CONTRIBUTING COPYING",
    "Cargo.lock Cargo.toml Containerfile Dockerfile Fastfile GNUmakefile Gemfile Gemfile.lock Jenkinsfile LICENSE",
    "MAINTAINERS Makefile NEWS NOTICE PATENTS PKGBUILD Pipfile Pipfile.lock README Rakefile SConscript SConstruct",
    "SCsub Tiltfile Vagrantfile WORKSPACE bblayers.conf bitbake.conf config.ru copy.bara.sky direnvrc go.mod go.sum",
    "makefile meson.build meson.options meson_options.txt poetry.lock pom.xml pylintrc pyproject.toml rebar.config",
    "setup.cfg sys.config sys.config.src uv.lock wscript",
)
_TEXT_BYTES: Final = bytes([*range(7, 14), 27, *range(0x20, 0x7F), *range(0x80, 0x100)])
_SIGNATURES: Final = (
    *(b"%PDF-", b"%!PS", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"\0\0\1\0"),
    *(
        b"wOFF",
        b"wOF2",
        b"OTTO",
        b"\0\1\0\0",
        b"PK\3\4",
        b"\x1f\x8b",
        b"BZh",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a",
        b"\xfd7zXZ",
    ),
)
"""How PDF, PostScript, images, fonts and archives begin; the first two may go on as if they were text."""


def is_text(name: str, data: bytes) -> bool:
    """Whether the hooks take a file of that name (a path will do) for text; of ``data``, 1,024 bytes are enough."""
    name = posixpath.basename(name)
    extension = posixpath.splitext(name)[1][1:].lower()
    if not TEXT_NAMES.isdisjoint((name, *name.split("."))) or extension in TEXT_EXTENSIONS:
        return True
    return extension not in BINARY_EXTENSIONS and not data[:1024].translate(None, _TEXT_BYTES)


def is_editable(name: str, data: bytes) -> bool:
    """Whether a file is text in its name and in how it begins, so that a change of a character keeps its meaning."""
    extension = posixpath.splitext(name)[1][1:].lower()
    return is_text(name, data) and extension not in BINARY_EXTENSIONS and not data.startswith(_SIGNATURES)
