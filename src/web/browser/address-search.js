/*
 * Completes an address as one types: a combobox with a list of suggestions from this site. Without
 * it the same form lists what fits when it is sent.
 */

const waitMs = 150

class AddressSearch {
  #input
  #choice
  #municipality
  #list = document.createElement('ul')
  #told = document.createElement('div')
  #items = []
  #at = -1
  #asked = 0
  #waiting

  constructor(input, choice, municipality) {
    this.#input = input
    this.#choice = choice
    this.#municipality = municipality
    this.#build()
    input.addEventListener('input', () => {
      choice.value = ''
      clearTimeout(this.#waiting)
      this.#waiting = setTimeout(() => void this.#ask(), waitMs)
    })
    municipality.addEventListener('change', () => {
      choice.value = ''
      this.#close()
    })
    input.addEventListener('blur', () => this.#close())
    input.addEventListener('keydown', (event) => this.#press(event))
  }

  #build() {
    const input = this.#input
    const list = this.#list
    list.id = `${input.id}-list`
    list.className = 'site-suggestions'
    list.hidden = true
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', input.labels[0]?.textContent ?? '')
    this.#told.className = 'sr-only'
    this.#told.setAttribute('role', 'status')
    const box = document.createElement('div')
    box.className = 'site-combobox'
    input.replaceWith(box)
    box.append(input, list)
    box.after(this.#told)
    input.setAttribute('role', 'combobox')
    input.setAttribute('aria-autocomplete', 'list')
    input.setAttribute('aria-controls', list.id)
    input.setAttribute('aria-expanded', 'false')
  }

  async #ask() {
    const text = this.#input.value.trimStart()
    this.#asked += 1
    const mine = this.#asked
    if (text.length < 2) return this.#close()
    const query = new URLSearchParams({ municipality: this.#municipality.value, q: text })
    try {
      const answer = await fetch(`${this.#input.dataset.completeAt}?${query}`)
      if (mine !== this.#asked) return
      // Nothing to choose from, or too much was asked: the form lists it when it is sent.
      if (!answer.ok) return this.#close()
      this.#items = (await answer.json()).items
      this.#show()
    } catch {
      // Away: the form works without suggestions.
    }
  }

  #show() {
    const options = this.#items.map((item, index) => {
      const option = document.createElement('li')
      option.id = `${this.#list.id}-${index}`
      option.setAttribute('role', 'option')
      option.setAttribute('aria-selected', 'false')
      option.textContent = item.text
      // Before the input loses the focus.
      option.addEventListener('mousedown', (event) => {
        event.preventDefault()
        this.#take(item)
      })
      return option
    })
    this.#list.replaceChildren(...options)
    this.#list.hidden = options.length === 0
    this.#at = -1
    this.#input.setAttribute('aria-expanded', String(options.length > 0))
    this.#input.removeAttribute('aria-activedescendant')
    const { none, count } = this.#input.dataset
    this.#told.textContent = options.length === 0 ? none : `${options.length} ${count}`
  }

  #press(event) {
    const last = this.#items.length - 1
    if (this.#list.hidden) {
      if (event.key === 'ArrowDown') void this.#ask()
      return
    }
    if (event.key === 'ArrowDown') this.#mark(this.#at >= last ? 0 : this.#at + 1)
    else if (event.key === 'ArrowUp') this.#mark(this.#at <= 0 ? last : this.#at - 1)
    else if (event.key === 'Enter' && this.#at >= 0) this.#take(this.#items[this.#at])
    else if (event.key === 'Escape') this.#close()
    else return
    event.preventDefault()
  }

  #mark(to) {
    this.#at = to
    for (const [index, option] of [...this.#list.children].entries()) {
      option.setAttribute('aria-selected', String(index === to))
      if (index !== to) continue
      this.#input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    }
  }

  /** A road alone is no address: its dwellings are asked for at once. */
  #take(item) {
    const isRoad = /^\d{4}$/.test(item.value)
    this.#input.value = isRoad ? `${item.text} ` : item.text
    this.#choice.value = isRoad ? '' : item.value
    this.#close()
    if (isRoad) void this.#ask()
  }

  /** What was asked for before is not offered any more, however late its answer comes. */
  #close() {
    clearTimeout(this.#waiting)
    this.#asked += 1
    this.#list.hidden = true
    this.#at = -1
    this.#input.setAttribute('aria-expanded', 'false')
    this.#input.removeAttribute('aria-activedescendant')
  }
}

for (const input of document.querySelectorAll('[data-complete-at]')) {
  const choice = input.form.querySelector('input[type="hidden"][name="choice"]')
  const municipality = input.form.querySelector('[name="municipality"]')
  if (choice && municipality) new AddressSearch(input, choice, municipality)
}
