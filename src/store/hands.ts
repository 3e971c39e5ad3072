/**
 * Through whose hands a person code came, read from the evidence: who was told its password, or
 * linked the identity that opens it. Knows neither requests nor doors.
 */

/**
 * `with recursive` parts; `one_hand.is_one` is whether one person may hold both codes of `pair`, a
 * select of one row: (asked_by, asked_at, settled_by, settled_at).
 *
 * A hand is whoever was told the one-time password that the code had at that time, and each who
 * linked an identity that then opened it; and in turn the hands of these codes when they did it.
 * Nobody knows who has changed the password since, so a hand leaves only with the next reset, or
 * when the identities are unlinked. The two are one when one is the other's hand. A third hand that
 * both have counts where it reset or linked both: that one administrator made both is how every
 * authority begins. Names of the command line are no person codes, and stand above this.
 *
 * A notice has the id of its audit row, so that the way to the row is an index.
 */
export function handsOfTwo(pair: string): string {
  return `pair as (${pair}), hand as (
    select 'asked' as side, asked_by as code, asked_at as at, false as made from pair
    union select 'settled', settled_by, settled_at, false from pair
    union
    select hand.side, giver.code, giver.at, hand.made or giver.made
    from hand cross join lateral (
      select coalesce(a.detail ->> 'grantedBy', a.actor) as code, a.at,
        a.act = 'person-code-created' as made
      from notice n join audit a on a.id = n.id
      where n.person_code = hand.code::bpchar and n.at <= hand.at
        and a.act in ('person-code-created', 'person-code-reset', 'identity-linked')
        and not exists (
          select from notice m join audit e on e.id = m.id
          where m.person_code = n.person_code and m.at <= hand.at
            and (m.epoch, m.xid) > (n.epoch, n.xid)
            and e.act = case a.act when 'identity-linked' then 'identity-unlinked'
              else 'person-code-reset' end)
    ) giver
  ), one_hand as (
    select exists (
      select from pair, hand a join hand b on b.code = a.code
      where a.side = 'asked' and b.side = 'settled'
        and (a.code in (pair.asked_by, pair.settled_by)
          or a.code ~ '^W[0-9]{7}$' and not (a.made or b.made))
    ) as is_one
  )`
}
