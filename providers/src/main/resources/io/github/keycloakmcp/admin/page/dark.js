// Before the first paint: PatternFly's dark theme where the browser prefers it and the realm has not switched it off.

{
  const root = document.documentElement
  const preference = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => root.classList.toggle('pf-v5-theme-dark', preference.matches && root.dataset.dark === 'true')
  apply()
  preference.addEventListener('change', apply)
}
