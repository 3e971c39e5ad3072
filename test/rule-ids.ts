/**
 * The numbered rules of the domain in one line each, and which of them stand for parts that are
 * not built. Tests name the rules that they prove; a page of the documentation is made of both.
 */

type Rule = {
  readonly says: string
  /** What is missing. Such a rule has no test; every other one has. */
  readonly notBuilt?: string
}

const autoApproval = 'approval without a person'

export const rules: { readonly [id: string]: Rule } = {
  'MOVE-1': {
    says: 'A move is reported 28 days ahead at most; who is early is told the first day',
  },
  'MOVE-2': { says: 'Five days after a move are in time; later is marked late and never refused' },
  'MOVE-3': { says: 'The Danish day on which the report became available decides lateness' },
  'MOVE-4': { says: 'A simple move to an empty dwelling needs no person', notBuilt: autoApproval },
  'MOVE-5': { says: 'Movers who are all under 19 do', notBuilt: autoApproval },
  'MOVE-6': { says: 'So does the second move to one address in a run', notBuilt: autoApproval },
  'MOVE-7': { says: 'A move to where everybody moves out does not', notBuilt: autoApproval },
  'MOVE-8': { says: 'The host is who has lived there longest, on a tie the oldest' },
  'MOVE-9': { says: 'A host who gives the same date approves the move', notBuilt: autoApproval },
  'MOVE-10': { says: 'A housing company is left to a person', notBuilt: autoApproval },
  'MOVE-11': { says: "A parent who stays behind is heard before a child's move is registered" },
  'MOVE-12': { says: 'Disagreement in a hearing goes to a case worker and rejects nothing' },
  'MOVE-13': { says: 'Only an address of the register can be moved to; else the municipality' },
  'MOVE-14': { says: 'Who cannot move is told what there is instead, and moves along with nobody' },
  'MOVE-15': { says: 'A protected person of the household is not offered to the reporter' },
  'MOVE-16': { says: 'A move that lies ahead takes effect once on its day; never when overtaken' },
  'MOVE-17': { says: 'A second move before the first took effect is seen as such' },
  'MOVE-18': { says: 'The address where one lives already is no move' },
  'MOVE-19': { says: 'When the register is down the case waits, and is then applied once' },
  'PROT-1': { says: 'Name and address protection lapses by itself after a year' },
  'PROT-2': { says: 'More than a year takes a reason and a person' },
  'PROT-3': { says: 'A child of another address is protected through the municipality' },
  'PROT-4': { says: 'Nobody without a right is told the name of a protected person' },
  'PROT-5': { says: 'A look-up shows neither that name nor the address, in the same shape' },
  'PROT-6': { says: 'Name and address protection holds local-directory protection' },
  'PROT-7': {
    says: 'A case worker who opens a protected person gives a purpose and sees a mark',
    notBuilt: "the desk's page of a person",
  },
  'PROT-8': {
    says: 'A move asked for with protection is not registered before it',
    notBuilt: 'one wish that makes two cases',
  },
  'PROT-9': { says: 'A year from 29 February ends on 28 February' },
  'PROT-10': { says: 'A credit warning is set from the fifteenth birthday' },
  'PROT-11': { says: 'Old research protection is shown and cannot be added' },
  'EMI-1': { says: 'Up to six months with the home kept is no emigration' },
  'EMI-2': { says: 'Six months and a day is' },
  'EMI-3': { says: 'One adult of an ordinary home is a plain case; others are marked' },
  'EMI-4': { says: 'To a Nordic country: it waits for the register there' },
  'EMI-5': { says: 'A child leaves once the other parent has been heard' },
  'EMI-6': { says: 'Greenland is a move' },
  'EMI-7': { says: 'An address abroad: a country and at most five lines of 34 characters' },
  'EMI-8': { says: 'Who has emigrated has status 80 and no current address' },
  'IMM-1': { says: 'A stay of three months is not registered, a longer one is' },
  'IMM-2': { says: 'With a later permit the registration begins on its date' },
  'IMM-3': { says: 'Who returns keeps the old number' },
  'IMM-4': { says: 'Nordic citizens may wait until six months' },
  'IMM-5': {
    says: 'A registered immigration holds every datum of § 20, or says that it is unknown',
    notBuilt: 'the registration of an immigration',
  },
  'CON-1': { says: 'A line of 35 characters is refused with a count' },
  'CON-2': { says: 'A contact address is gone on the day it ends' },
  'CON-3': { says: 'It stands beside the residence' },
  'CHR-1': { says: 'Every letter of ISO-8859-1 survives both encodings' },
  'CHR-2': { says: 'Another letter is replaced under a mark, never dropped' },
  'CHR-3': { says: 'Combined letters are composed first' },
  'CHR-4': { says: 'A name that is too long is cut under a mark' },
  'CHR-5': { says: 'An addressing name is whole up to 34 characters' },
  'CHR-6': { says: 'Lengths count characters' },
  'CHR-7': { says: 'Danish order: æ, ø, å last, and aa as å' },
  'CHR-8': { says: 'Apostrophe, hyphen and blank stand in names' },
  'CHR-9': { says: 'Superfluous blanks are refused or taken away' },
  'ADR-1': { says: 'An address is written and read without loss' },
  'ADR-2': { says: 'Leading zeros of a house number are not printed' },
  'ADR-3': { says: 'There is no floor 0' },
  'ADR-4': { says: 'Roads of one name in two municipalities are two' },
  'ADR-5': { says: 'House numbers end at 999' },
  'ADR-6': { says: 'Floors and doors are kept in small letters' },
  'ADR-7': { says: 'Floors fit the two characters of the records, both ways' },
  'PNR-1': { says: 'A number without the control digit is a number' },
  'PNR-2': { says: 'A day that does not exist is not' },
  'PNR-3': { says: 'A replacement number is answered without asking the register' },
  'PNR-4': { says: 'Hyphen and blanks make no difference' },
  'PNR-5': { says: 'The birth date is the same in every time zone' },
  'PNR-6': { says: 'The stored sex is shown, whatever the number tells' },
  'PNR-7': { says: 'Nobody is born in the future' },
  'PNR-8': { says: 'A replaced number points to the one in force' },
  'PNR-9': { says: 'No full number in logs, addresses of pages or windows' },
  'ST-1': { says: 'A refusal does not disclose a death' },
  'ST-2': { says: 'Who uses a replaced number is sent to the current one' },
  'ST-3': {
    says: 'An approved immigration gives status 01 from the arrival',
    notBuilt: 'the registration of an immigration',
  },
  'ST-4': { says: 'Who had no fixed home has one after a move' },
  'ST-5': {
    says: 'A status is kept with minute and a mark of uncertainty',
    notBuilt: 'facts hold from days, as the law counts them',
  },
}
