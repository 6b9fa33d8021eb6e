"""What an icon may be made of: SVG drawing elements, styling attributes and functions, inert metadata.

The names are those of SVG 1.1, 1.2 Tiny and 2, with what editors write beside them. Whatever is not listed
here is either refused (elements, namespaces, CSS functions) or inert (attributes that neither load nor run).
"""

from toolkit.regex import regex


def words(text: str) -> frozenset[str]:
    """A set of names from a text of them."""
    return frozenset(text.split())


DRAWING_ELEMENTS = words(
    """
    svg g defs symbol use switch title desc metadata style view
    path rect circle ellipse line polyline polygon image
    text tspan textPath tref textArea tbreak altGlyph altGlyphDef altGlyphItem glyphRef
    flowRoot flowRegion flowRegionExclude flowPara flowSpan flowDiv flowLine
    font font-face font-face-format font-face-name font-face-src font-face-uri glyph missing-glyph hkern vkern
    linearGradient radialGradient stop pattern clipPath mask marker color-profile
    mesh meshgradient meshGradient meshrow meshRow meshpatch meshPatch hatch hatchpath hatchPath
    solidcolor solidColor
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur
    feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence
    animate animateColor animateMotion animateTransform set mpath
    """
)

IMAGES = words("image feImage")

ANIMATIONS = words("animate animateColor animateTransform set")

# Elements of other namespaces whose unprefixed name HTML would not mistake for one of its own.
UNPREFIXED_METADATA = words(
    """
    sfw slices slice sliceSourceBounds optimizationSettings targetSettings
    variableSets variableSet variables sampleDataSets sampleDataSet pgf RDF Work Agent License
    """
)

# Namespaces of editors and of metadata vocabularies, by how they begin; nothing in them draws, loads or runs.
INERT_NAMESPACES = (
    "http://www.inkscape.org/namespaces/",
    "http://inkscape.sourceforge.net/",
    "http://sodipodi.sourceforge.net/",
    "http://www.openswatchbook.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://purl.org/",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://xmlns.com/foaf/",
    "http://iptc.org/",
    "http://cipa.jp/",
    "http://c2pa.org/",
    "http://ns.attribution.com/",
    "http://ns.adobe.com/",
    "adobe:ns:meta/",
    "ns_",  # what is left of Illustrator's entities once a tool has stripped the DOCTYPE
    "http://www.bohemiancoding.com/sketch/",
    "https://www.sketch.com/",
    "http://www.figma.com/",
    "https://www.figma.com/",
    "http://www.serif.com/",
    "https://boxy-svg.com",
    "http://www.corel.com/",
    "http://schemas.microsoft.com/visio/",
    "http://xml.openoffice.org/",
    "http://krita.org/",
    "http://vectornator.io",
    "http://vectornator.com",
    "https://penpot.app/",
    "https://vecta.io/",
    "http://svgjs.com/",
    "http://svgjs.dev/",
    "https://svgjs.dev/",
    "http://www.vectorstyler.com",
    "http://www.xara.com/",
    "http://gravit.io",
    "https://icons8.com",
)

# Events that HTML, SVG and browsers define an event handler for, as in ``onclick``: HTML, section 8.1.8.2.1, the event
# attributes of SVG 1.1 and 2, and those of touch, pointers, clipboard, transitions and vendors.
EVENTS = words(
    """
    abort activate afterprint animationcancel animationend animationiteration animationstart auxclick beforecopy
    beforecut beforeinput beforematch beforepaste beforeprint beforetoggle beforeunload begin blur cancel canplay
    canplaythrough change click close command contextlost contextmenu contextrestored copy cuechange cut dblclick
    drag dragend dragenter dragexit dragleave dragover dragstart drop durationchange emptied end ended error focus
    focusin focusout formdata fullscreenchange fullscreenerror gesturechange gestureend gesturestart
    gotpointercapture hashchange input invalid keydown keypress keyup languagechange load loadeddata loadedmetadata
    loadend loadstart lostpointercapture message messageerror mousedown mouseenter mouseleave mousemove mouseout
    mouseover mouseup mousewheel offline online pagehide pagereveal pageshow pageswap paste pause play playing
    pointercancel pointerdown pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate
    pointerup popstate progress ratechange readystatechange rejectionhandled repeat repeatevent reset resize scroll
    scrollend scrollsnapchange scrollsnapchanging search securitypolicyviolation seeked seeking select
    selectionchange selectstart show slotchange stalled storage submit suspend timeupdate toggle touchcancel
    touchend touchmove touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection
    unload volumechange waiting webkitanimationend webkitanimationiteration webkitanimationstart
    webkitfullscreenchange webkitfullscreenerror webkitmouseforcechanged webkitmouseforcedown webkitmouseforceup
    webkitmouseforcewillbegin webkittransitionend wheel zoom
    """
)

# The numbers that make a filter work, and the most that an icon can have a use for: ten octaves of noise are finer than
# a pixel, and an effect that reaches further than the largest icon shows nothing of it.
FILTER_LIMITS = {
    ("feTurbulence", "numOctaves"): 50,
    ("feGaussianBlur", "stdDeviation"): 10_000,
    ("feDropShadow", "stdDeviation"): 10_000,
    ("feMorphology", "radius"): 10_000,
    ("feConvolveMatrix", "order"): 100,
    ("filter", "filterRes"): 10_000,
}

# Attributes that are parsed as CSS, so that they may hold url() and its like.
STYLED_ATTRIBUTES = words(
    """
    clip clip-path color cursor fill filter flood-color lighting-color marker marker-start marker-mid marker-end
    mask stop-color stroke
    """
)

REFERENCE_ATTRIBUTES = words("href src srcset srcdoc action formaction")

# Attributes so common in drawings, and so inert, that they need no look at their value.
PLAIN_ATTRIBUTES = words(
    """
    d points x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy width height viewBox version id class type offset
    transform gradientTransform patternTransform gradientUnits patternUnits patternContentUnits clipPathUnits
    maskUnits maskContentUnits preserveAspectRatio fill-rule clip-rule fill-opacity opacity stop-opacity
    stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-dasharray overflow
    data-name font-size font-family font-weight text-anchor result in in2 stdDeviation role
    """
)

# What an animation may change: geometry and presentation, nothing that refers or runs.
ANIMATED_ATTRIBUTES = STYLED_ATTRIBUTES | words(
    """
    d points x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy width height viewBox preserveAspectRatio pathLength
    transform gradientTransform patternTransform rotate offset startOffset textLength refX refY orient
    opacity fill-opacity stroke-opacity stop-opacity flood-opacity fill-rule clip-rule display visibility overflow
    stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
    font-size font-weight font-style font-stretch letter-spacing word-spacing text-anchor text-decoration
    baseline-shift mix-blend-mode
    stdDeviation scale seed baseFrequency numOctaves radius k1 k2 k3 k4 values tableValues slope intercept
    amplitude exponent surfaceScale specularConstant specularExponent diffuseConstant azimuth elevation z
    pointsAtX pointsAtY pointsAtZ limitingConeAngle kernelMatrix order divisor bias
    """
)

CSS_FUNCTIONS = words(
    """
    url rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark device-cmyk icc-color
    var env calc min max clamp abs sign round mod rem sin cos tan asin acos atan atan2 pow sqrt hypot log exp
    matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d
    rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    circle ellipse inset polygon path rect xywh shape ray
    linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient
    repeating-conic-gradient
    cubic-bezier steps linear local format tech attr counter counters
    is not where has
    fit-content minmax repeat selector
    """
)

CSS_AT_RULES = words(
    """
    charset media supports layer container page font-face font-feature-values counter-style property viewport
    keyframes -webkit-keyframes -moz-keyframes -o-keyframes starting-style color-profile
    """
)

# Processing instructions around XMP metadata, which no reader of SVG or HTML acts on.
INERT_INSTRUCTIONS = words("xpacket adobe-xap-filters")

DOCTYPE_PUBLIC = regex(r"-//W3C//DTD SVG [\w. ]+//EN")
DOCTYPE_SYSTEM = regex(r"https?://www\.w3\.org/[\w./-]+\.dtd")
