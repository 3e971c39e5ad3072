/**
 * Words that people build passwords from, for the block list; knows no rule. Composed for this
 * project: a password that meets CPR's composition is nearly always one of these words with a
 * capital, digits and signs around it, so the words are kept and the decoration is stripped.
 */

/** Every Danish municipality (2024) and Christiansø, as spelt; rules fold the letters. */
export const municipalityNames: readonly string[] = (
  'Albertslund Allerød Assens Ballerup Billund Bornholm Brøndby Brønderslev Christiansø Dragør ' +
  'Egedal Esbjerg Fanø Favrskov Faxe Fredensborg Fredericia Frederiksberg Frederikshavn ' +
  'Frederikssund Furesø Faaborg-Midtfyn Gentofte Gladsaxe Glostrup Greve Gribskov Guldborgsund ' +
  'Haderslev Halsnæs Hedensted Helsingør Herlev Herning Hillerød Hjørring Holbæk Holstebro ' +
  'Horsens Hvidovre Høje-Taastrup Hørsholm Ikast-Brande Ishøj Jammerbugt Kalundborg Kerteminde ' +
  'Kolding København Køge Langeland Lejre Lemvig Lolland Lyngby-Taarbæk Læsø Mariagerfjord ' +
  'Middelfart Morsø Norddjurs Nordfyns Nyborg Næstved Odder Odense Odsherred Randers Rebild ' +
  'Ringkøbing-Skjern Ringsted Roskilde Rudersdal Rødovre Samsø Silkeborg Skanderborg Skive ' +
  'Slagelse Solrød Sorø Stevns Struer Svendborg Syddjurs Sønderborg Thisted Tønder Tårnby ' +
  'Vallensbæk Varde Vejen Vejle Vesthimmerland Viborg Vordingborg Ærø Aabenraa Aalborg Aarhus'
).split(' ')

/** What a password is mostly made of, in Danish and English, and walks over the keyboard. */
export const commonWords: ReadonlySet<string> = new Set(
  (
    'password passwort passw pass passord adgangskode kodeord kendeord kode hemmelig secret ' +
    'private login logon signon admin administrator root user bruger guest gaest test testtest ' +
    'demo sandbox samspil default changeme change skiftmig skift temp temporary welcome velkommen ' +
    'hello hej hejhej hejmeddig letmein iloveyou jegelskerdig love elsker skat darling princess ' +
    'prinsesse dragon drage monkey sunshine solskin football fodbold baseball superman batman ' +
    'master shadow flower blomst summer sommer winter vinter spring foraar autumn fall efteraar ' +
    'january february march april may june july august september october november december ' +
    'januar februar marts maj juni juli oktober monday mandag tuesday tirsdag wednesday onsdag ' +
    'thursday torsdag friday fredag saturday loerdag sunday soendag denmark danmark danish dansk ' +
    'dannebrog viking lego mermaid smorrebrod kommune kommunen municipality borger borgerservice ' +
    'citizen register personregister folkeregister computer internet server system service ' +
    'windows microsoft google apple oracle postgres company firma kontor office ministerium ' +
    'qwerty qwertyu qwertyui qwertyuiop qwert azerty asdf asdfg asdfgh asdfghjkl zxcvbn zxcvbnm ' +
    'qaz qazwsx qazwsxedc wsx abc abcd abcde abcdef abcdefg abcdefgh aaa aaaa aaaaaa xyz ' +
    'michael jordan jennifer daniel thomas anders christian mikkel emma ida freja william oliver ' +
    'trustno ncc starwars pokemon killer hunter soccer charlie jesus cheese ost kaffe coffee'
  ).split(' '),
)

/** Exact passwords of leaked lists that meet the composition and have no word to strip. */
export const commonPasswords: ReadonlySet<string> = new Set([
  '!qaz1qaz',
  '!qaz2wsx',
  '!qaz@wsx',
  '1qaz!qaz',
  '1qaz@wsx',
  '2wsx#edc',
  '1q2w3e4r!',
  '1q2w3e4r5t!',
  '1q2w3e4r@',
  'q1w2e3r4!',
  'q1w2e3r4t5!',
  'zaq1!qaz',
  'zaq!2wsx',
  'zaq12wsx!',
  'zaq1@wsx',
  'a1b2c3d4!',
  'a1b2c3d4e5!',
  'aa11bb22!',
])
