import { date } from '#base/calendar.ts'
import { fictionalPnr } from '#register/pnr.ts'

console.log(fictionalPnr(date('1980-06-15'), 'K', 5), fictionalPnr(date('1980-06-15'), 'K', 0))
