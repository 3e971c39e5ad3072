/** Which icons of the design system are served to pages. */

export const iconNames = [
  'account',
  'arrow-forward',
  'calendar-month',
  'check',
  'chevron-left',
  'chevron-right',
  'close',
  'document',
  'edit',
  'error',
  'help',
  'home',
  'info',
  'language',
  'list-check',
  'location',
  'lock',
  'open-in-new',
  'person',
  'persons',
  'print',
  'search',
  'success',
  'time',
  'visibility',
  'warning',
] as const

export type IconName = (typeof iconNames)[number]
