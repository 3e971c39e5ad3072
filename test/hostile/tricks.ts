/** Names that look like others or hide something: what a clerk must never be shown (A48). */

const name = 'Anna Ågård'

/** By code point, with what each does. All lie outside what CPR keeps, or are not seen. */
const invisible = [
  ...[0x00a0, 0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a],
  ...[0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x2061],
  ...[0x2062, 0x2063, 0x2064, 0x206a, 0x206f, 0x2800, 0x3000, 0x3164, 0xfe00, 0xfe0f, 0xfeff],
  ...[0xffa0, 0xfff9, 0xfffc, 0xfffd, 0xe0001, 0xe0041, 0xe007f, 0xe0100],
]
const turning = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]
const control = [0x01, 0x07, 0x08, 0x0b, 0x0c, 0x0e, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x90, 0x9b, 0x9f]
/** Letters of other scripts that are drawn like ours, and forms of ours that are none. */
const alike = [
  ...'аесорхуАВЕКМНОРСТХіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανοрυ',
  ...'ＡＢａｂ１０𝐀𝐁𝒂𝓑𝔞𝕬𝖆𝗔𝘢𝙰𝚊ⒶⓐⅠⅤⅿ℮ℬℊℓ№℡ﬀﬁﬂﬃﬅꜱꞵᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ',
  ...'ɑɡɩʋոսցհᎪᏴᏟᎬᏦᎷⲞꓐꓑꓓꓖ',
]
/** On a letter that has no composed form, or one upon the other: what NFC cannot take away. */
const marks = [
  0x0300, 0x0307, 0x0323, 0x0335, 0x0336, 0x0338, 0x0340, 0x035c, 0x0360, 0x20d0, 0x20dd,
]

const placed = (trick: string) => [`${trick}${name}`, `Anna${trick} Ågård`, `Anna Åg${trick}ård`]
const written = (points: readonly number[]) => points.map((point) => String.fromCodePoint(point))

export const tricks: readonly string[] = [
  ...written([...invisible, ...turning]).flatMap(placed),
  ...written(control).map((sign) => `Anna${sign} Ågård`),
  ...alike.map((letter) => `Anna ${letter}gård`),
  ...written(marks).flatMap((mark) => [`Annaq${mark}`, `Anna${mark}${mark}${mark} Ågård`]),
  'Anna \ud800gård',
  'Anna \udc00gård',
]
