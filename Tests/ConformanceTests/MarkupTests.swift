// What is put into a page stays text.

import Testing

@testable import Conformance

@Suite struct MarkupTests {
    @Test func valuesAreEscapedAndLiteralsAreNot() {
        let text = "<script>alert(\"1\") & '2'</script>\u{1B}"
        let markup: Markup = "<p title=\"\(text)\">\(text)</p>"
        let escaped = "&lt;script&gt;alert(&quot;1&quot;) &amp; &#39;2&#39;&lt;/script&gt;\u{FFFD}"
        #expect(markup.html == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test func markupInMarkupStaysMarkup() {
        let missing: Markup? = nil
        let pieces: [Markup] = ["<b>\("<")</b>", "<i>\(3)</i>"]
        let markup: Markup = "\(pieces)|\(missing)|\(pieces.joined(separator: ", "))"
        #expect(markup.html == "<b>&lt;</b><i>3</i>||<b>&lt;</b>, <i>3</i>")
    }

    @Test func linesAndTabsSurviveAndOtherControlsDoNot() {
        #expect(Markup.escaped("a\n\tb\r\u{0}\u{9B}ü") == "a\n\tb\u{FFFD}\u{FFFD}\u{FFFD}ü")
    }
}
