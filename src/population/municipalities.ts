/**
 * How the invented people spread over the municipalities: rough numbers of inhabitants, in
 * thousands. They are a weight and nothing else; no statistic is claimed.
 */

const weights: { readonly [municipality: string]: number } = {
  ...{ '0101': 660, '0147': 105, '0151': 52, '0153': 40, '0155': 15, '0157': 75, '0159': 70 },
  ...{ '0161': 23, '0163': 30, '0165': 28, '0167': 54, '0169': 57, '0173': 57, '0175': 43 },
  ...{ '0183': 24, '0185': 43, '0187': 18, '0190': 42, '0201': 26, '0210': 42, '0217': 64 },
  ...{ '0219': 55, '0223': 25, '0230': 57, '0240': 45, '0250': 46, '0253': 52, '0259': 63 },
  ...{ '0260': 32, '0265': 91, '0269': 24, '0270': 42, '0306': 34, '0316': 74, '0320': 38 },
  ...{ '0326': 49, '0329': 36, '0330': 80, '0336': 24, '0340': 31, '0350': 30, '0360': 40 },
  ...{ '0370': 84, '0376': 60, '0390': 46, '0400': 39, '0410': 40, '0411': 1, '0420': 41 },
  ...{ '0430': 52, '0440': 24, '0450': 32, '0461': 209, '0479': 60, '0480': 30, '0482': 12 },
  ...{ '0492': 6, '0510': 55, '0530': 27, '0540': 74, '0550': 37, '0561': 116, '0563': 4 },
  ...{ '0573': 50, '0575': 43, '0580': 59, '0607': 52, '0615': 97, '0621': 95, '0630': 121 },
  ...{ '0657': 90, '0661': 59, '0665': 19, '0671': 21, '0706': 44, '0707': 38, '0710': 50 },
  ...{ '0727': 24, '0730': 99, '0740': 101, '0741': 4, '0746': 66, '0751': 367, '0756': 42 },
  ...{ '0760': 56, '0766': 48, '0773': 20, '0779': 45, '0787': 43, '0791': 97, '0810': 37 },
  ...{ '0813': 59, '0820': 37, '0825': 2, '0840': 31, '0846': 42, '0849': 38, '0851': 224 },
  ...{ '0860': 63, '0955': 6, '0956': 25, '0957': 9, '0959': 6, '0960': 10, '0961': 1 },
}

export const populated: readonly string[] = Object.keys(weights).sort()

/** Whether most dwellings are flats. */
export function isUrban(municipality: string): boolean {
  return (weights[municipality] ?? 0) >= 100
}

/**
 * How many of `persons` live in each municipality: in proportion, at least one in each when there
 * are enough, and exactly `persons` together.
 */
export function quotas(persons: number): ReadonlyMap<string, number> {
  const least = persons >= populated.length ? 1 : 0
  const total = populated.reduce((sum, code) => sum + (weights[code] ?? 0), 0)
  const spread = persons - least * populated.length
  const shares = populated.map((code) => {
    const exact = (spread * (weights[code] ?? 0)) / total
    return { code, whole: Math.floor(exact), rest: exact - Math.floor(exact) }
  })
  const missing = spread - shares.reduce((sum, { whole }) => sum + whole, 0)
  const favoured = shares.toSorted((a, b) => b.rest - a.rest || (a.code < b.code ? -1 : 1))
  const extra = new Set(favoured.slice(0, missing).map(({ code }) => code))
  return new Map(shares.map(({ code, whole }) => [code, least + whole + (extra.has(code) ? 1 : 0)]))
}

/** One of them, the larger ones more often. */
export const weighted = populated.map((value) => ({ value, weight: weights[value] ?? 0 }))
