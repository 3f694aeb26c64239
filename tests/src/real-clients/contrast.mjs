/**
 * Texts of a page that its background leaves hard to read (WCAG 2.1, 1.4.3: 4.5 to 1, for large letters 3 to 1), with colours
 * and ratio. Runs inside of the page. Disabled controls do not count, as in the standard.
 */
export function faint() {
    const channels = (colour) => {
        const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
        return { red, green, blue, alpha };
    };
    const over = (front, back) => ({
        red: front.red * front.alpha + back.red * (1 - front.alpha),
        green: front.green * front.alpha + back.green * (1 - front.alpha),
        blue: front.blue * front.alpha + back.blue * (1 - front.alpha),
        alpha: 1,
    });
    const white = { red: 255, green: 255, blue: 255, alpha: 1 };
    const behind = (element) =>
        element === null ? white : over(channels(getComputedStyle(element).backgroundColor), behind(element.parentElement));
    const light = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ({ red, green, blue }) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
    const ratio = (one, other) => {
        const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const written = (element) =>
        element.placeholder || [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join(' ').trim();
    return [...document.body.querySelectorAll('*')]
        .filter((element) => written(element) && element.checkVisibility() && element.closest(':disabled, script, noscript') === null)
        .map((element) => {
            const style = getComputedStyle(element, element.placeholder && !element.value ? '::placeholder' : null);
            const size = Number.parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            const back = behind(element);
            return { found: ratio(over(channels(style.color), back), back), wanted: large ? 3 : 4.5, element, colour: style.color, back };
        })
        .filter(({ found, wanted }) => found < wanted)
        .map(({ found, element, colour, back }) => {
            const [red, green, blue] = [back.red, back.green, back.blue].map(Math.round);
            return `${found.toFixed(2)}: ${element.className} "${written(element).slice(0, 40)}" ${colour} on ${red} ${green} ${blue}`;
        });
}
