/** Values as the types of the schemas want them, which are not read-only. Knows no value. */

/** The schemas' types are not read-only; what is sent is never changed. */
export function mutable<T>(value: T): Mutable<T> {
  return value as Mutable<T>
}

type Mutable<T> = T extends string | number | boolean | undefined
  ? T
  : { -readonly [K in keyof T]: Mutable<Exclude<T[K], undefined>> }
