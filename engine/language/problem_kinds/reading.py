"""E10x to E13x: what can be wrong with a file before its content means anything."""

from __future__ import annotations

from engine.language.problem_kind import ProblemKind, error

_QUOTE_IT = (
    "put the whole expression or text in double quotes",
    "请用双引号把整个表达式或文本括起来",
)

KINDS: tuple[ProblemKind, ...] = (
    error(
        "E101",
        ("this is not readable as YAML: {detail}", "无法按 YAML 读取：{detail}"),
        (
            (
                "The file breaks the rules of YAML at this place, so nothing "
                "after it can be read. Look at the line and the one above it."
            ),
            "文件在此处不符合 YAML 语法，其后的内容无法读取。请检查这一行和上一行。",
        ),
    ),
    error(
        "E102",
        ("the file is empty", "文件为空"),
        (
            "A blueprint file holds at least one section. Write one, or delete the file.",
            "蓝图文件至少要有一个部分。请写入内容，或删除该文件。",
        ),
    ),
    error(
        "E103",
        ("{what} has no value", "{what}没有值"),
        (
            'A value that is not there has nearly always been forgotten. Write it; an empty text is written "".',
            '键或列表项后面没有内容，通常是漏写了。请写上值，或删除这一行；空文本写作 ""。',
        ),
    ),
    error(
        "E104",
        ("the file has {size} MB; at most {limit} MB are read", "文件大小为 {size} MB；最多读取 {limit} MB"),
        (
            (
                "Blueprint files are small. Split the file by topic, and "
                "move long lists of records to CSV files under demo/."
            ),
            "蓝图文件通常很小。请按主题拆分文件，并把大量记录移到 demo/ 下的 CSV 文件。",
        ),
    ),
    error(
        "E105",
        (
            "the file is not UTF-8: byte {byte} at offset {offset}",
            "文件不是 UTF-8 编码：偏移 {offset} 处的字节为 {byte}",
        ),
        (
            "Blueprints are stored as UTF-8. Most editors offer it as “Save with encoding”.",
            "蓝图以 UTF-8 编码保存。多数编辑器提供“以指定编码保存”。",
        ),
        ("save the file with the encoding UTF-8", "请以 UTF-8 编码保存文件"),
    ),
    error(
        "E106",
        ("a tab in the indentation", "缩进中有制表符"),
        (
            "YAML is indented with spaces only. Replace the tab by two spaces.",
            "YAML 只能用空格缩进。请把制表符换成两个空格。",
        ),
        ("indent with spaces", "请用空格缩进"),
    ),
    error(
        "E107",
        ('the key "{key}" is here twice; the first is in line {first}', "键“{key}”重复；第一次出现在第 {first} 行"),
        (
            "YAML itself would silently keep only the last one. Merge the two, or rename one.",
            "YAML 会悄悄只保留最后一个。请合并两者，或给其中一个改名。",
        ),
    ),
    error(
        "E108",
        (
            "{mark} starts an anchor or alias, which a blueprint does not use",
            "{mark} 会开始一个锚点或别名，蓝图不使用它们",
        ),
        (
            (
                "A value that starts with & or * is YAML's way to reuse parts. "
                "Write the part out, or share it through options or extends."
            ),
            "以 & 或 * 开头的值是 YAML 的复用写法。请直接写出内容，或通过 options、extends 共享。",
        ),
        ("write the value out; if it is text, put it in double quotes", "请直接写出值；如果是文本，请加双引号"),
    ),
    error(
        "E109",
        ("{mark} is a tag, which a blueprint does not use", "{mark} 是标签，蓝图不使用标签"),
        (
            (
                "A value that starts with ! tells YAML its type. A blueprint "
                "knows the types by itself; write the value alone."
            ),
            "以 ! 开头的值用来告诉 YAML 类型。蓝图自己知道类型，只写值即可。",
        ),
        ("remove it; if it is text, put it in double quotes", "请删除它；如果是文本，请加双引号"),
    ),
    error(
        "E110",
        ('a merge key "<<" is not used in a blueprint', "蓝图不使用合并键“<<”"),
        (
            (
                "Merge keys need anchors, and hide where a value comes from. "
                "Write the entries out, or share them through extends."
            ),
            "合并键依赖锚点，也会掩盖值的来源。请直接写出各项，或通过 extends 共享。",
        ),
    ),
    error(
        "E111",
        ("nested deeper than {limit} levels", "嵌套超过 {limit} 层"),
        (
            "No blueprint needs this depth. A bracket is probably not closed where it was meant to be.",
            "蓝图不需要这么深的嵌套。很可能有括号没有在应有的位置关闭。",
        ),
    ),
    error(
        "E112",
        ("more than {limit} values in one file", "一个文件中的值超过 {limit} 个"),
        (
            "Split the file by topic, and move long lists of records to CSV files under demo/.",
            "请按主题拆分文件，并把大量记录移到 demo/ 下的 CSV 文件。",
        ),
    ),
    error(
        "E113",
        ("a second document starts here", "此处开始了第二个文档"),
        (
            "One file holds one document. Remove the line ---, or move what follows to a file of its own.",
            "一个文件只包含一个文档。请删除 --- 行，或把后面的内容移到单独的文件。",
        ),
    ),
    error(
        "E114",
        ("the character {character} cannot stand in a blueprint", "蓝图中不能出现字符 {character}"),
        (
            (
                "An invisible control character, often from copying out "
                "of another program. Delete it and type the place anew."
            ),
            "这是不可见的控制字符，通常来自从其他程序复制。请删除后重新输入。",
        ),
    ),
    error(
        "E115",
        ("the file starts with {found}; sections are wanted", "文件以{found}开头；应为各个部分"),
        (
            "A blueprint file is a map of sections such as entities: or views:.",
            "蓝图文件是由 entities:、views: 等部分组成的映射。",
        ),
        ("begin with a section such as entities:", "请以 entities: 这样的部分开头"),
    ),
    error(
        "E116",
        ("a key must be a text", "键必须是文本"),
        (
            (
                "YAML allows lists and maps as keys; a blueprint does not. "
                "A { or [ at the start of a text needs double quotes."
            ),
            "YAML 允许用列表和映射作键，蓝图不允许。以 { 或 [ 开头的文本需要双引号。",
        ),
        _QUOTE_IT,
    ),
    error(
        "E117",
        ("the file cannot be read: {reason}", "无法读取文件：{reason}"),
        (
            "The operating system refused to open the file, or it is not a normal file. Check its permissions.",
            "操作系统拒绝打开该文件，或它不是普通文件。请检查权限。",
        ),
    ),
    error(
        "E118",
        ('there is no file or folder "{path}"', "没有文件或文件夹“{path}”"),
        ("Check the spelling of the path.", "请检查路径的拼写。"),
    ),
    error(
        "E119",
        ("the folder holds no .yaml file", "文件夹中没有 .yaml 文件"),
        (
            "A blueprint folder holds files such as blueprint.yaml and entities/deal.yaml.",
            "蓝图文件夹包含 blueprint.yaml、entities/deal.yaml 等文件。",
        ),
    ),
    error(
        "E120",
        ('"{path}" leads out of the folder', "“{path}”指向文件夹之外"),
        (
            "A blueprint reads only its own folder and the packages beside it. Copy the file or package there.",
            "蓝图只读取自己的文件夹和旁边的包。请把文件或包复制过来。",
        ),
    ),
    error(
        "E121",
        ('"{text}" is cut off at the comma', "“{text}”在逗号处被截断"),
        (
            (
                "Inside { } and [ ] a comma ends an unquoted text, so YAML "
                "reads {expr: f(a, b)} as two keys. Quote the text."
            ),
            "在 { } 和 [ ] 中，逗号会结束未加引号的文本，因此 YAML 会把 {expr: f(a, b)} 读成两个键。请加引号。",
        ),
        _QUOTE_IT,
    ),
    error(
        "E122",
        ("text after a closing {mark}", "结束的 {mark} 之后还有文本"),
        (
            (
                "A value that begins with a quote or bracket ends with it: "
                'required: "a" == "b" is cut in two. Quote all of it.'
            ),
            (
                '以引号或括号开头的值也以它结束，因此 required: "a" == '
                '"b" 会被截成两段。请在整体外面用双引号，里面用单引号。'
            ),
        ),
        _QUOTE_IT,
    ),
    error(
        "E123",
        ("a second colon in the same value", "同一个值中出现了第二个冒号"),
        (
            "An unquoted text may not contain a colon followed by a space: YAML takes it for another key.",
            "未加引号的文本中不能有后跟空格的冒号：YAML 会把它当作另一个键。",
        ),
        _QUOTE_IT,
    ),
    error(
        "E124",
        ('an unquoted value cannot start with "{mark}"', "未加引号的值不能以“{mark}”开头"),
        (
            "YAML reserves this character at the start of a value. Put double quotes around the value.",
            "YAML 保留了值开头的这个字符。请用双引号把值括起来。",
        ),
        _QUOTE_IT,
    ),
    error(
        "E125",
        ('an unquoted value in {{ }} or [ ] ends before "{mark}"', "{{ }} 或 [ ] 中未加引号的值在“{mark}”之前结束"),
        (
            (
                "Inside { } and [ ] the characters [ ] { } , and a colon "
                "end an unquoted text. Put double quotes around it."
            ),
            "在 { } 和 [ ] 中，[ ] { } 逗号和冒号会结束未加引号的文本。请加双引号。",
        ),
        _QUOTE_IT,
    ),
    error(
        "E126",
        ("this line is indented differently from the ones it belongs to", "这一行的缩进与同级的行不一致"),
        (
            "Keys of the same map start in the same column. Align the line with its neighbours.",
            "同一映射中的键从同一列开始。请与相邻的行对齐。",
        ),
    ),
    error(
        "E127",
        ("this {mark} is never closed", "这个 {mark} 没有关闭"),
        (
            "A quote or bracket opened here has no partner. Close it where the value ends.",
            "此处打开的引号或括号没有对应的结束符。请在值的末尾关闭它。",
        ),
    ),
    error(
        "E128",
        ('"{name}" is not read: file names end in .yaml', "“{name}”不会被读取：文件名应以 .yaml 结尾"),
        (
            "Only files ending in .yaml are part of a blueprint, so that nothing is half included.",
            "只有以 .yaml 结尾的文件属于蓝图，以免内容只被部分包含。",
        ),
        ("rename it to end in .yaml", "请改名为以 .yaml 结尾"),
    ),
    error(
        "E129",
        ("the folder holds more than {limit} files", "文件夹中的文件超过 {limit} 个"),
        (
            "This is probably not the folder of a blueprint. Name the one that holds blueprint.yaml.",
            "这可能不是蓝图文件夹。请指定包含 blueprint.yaml 的文件夹。",
        ),
    ),
    error(
        "E130",
        ("more than {limit} problems in this file; reading stops here", "此文件中的问题超过 {limit} 个；读取到此为止"),
        ("Mend the first ones and check again.", "请先修正前面的问题，然后再次检查。"),
    ),
    error(
        "E131",
        (
            "a line that starts with % is a directive, which a blueprint does not use",
            "以 % 开头的行是指令，蓝图不使用指令",
        ),
        ("Remove the line.", "请删除这一行。"),
    ),
    error(
        "E132",
        ("YAML does not know the escape {mark}", "YAML 不认识转义 {mark}"),
        (
            "In double quotes a backslash starts an escape. Write two of them, or use single quotes.",
            "双引号中的反斜杠表示转义。请写两个反斜杠，或使用单引号。",
        ),
        ("write \\\\ for a backslash, or use single quotes", "反斜杠请写作 \\\\，或使用单引号"),
    ),
    error(
        "E133",
        ('"{text}" is not followed by a colon and a value', "“{text}”后面没有冒号和值"),
        (
            (
                "Among keys every line is `key: value`. A space belongs after "
                "the colon, and a text of several lines needs | or quotes."
            ),
            "在键之间，每一行都是“键: 值”。冒号后要有空格，多行文本需要 | 或引号。",
        ),
    ),
    error(
        "E134",
        ("this {mark} was never opened", "这个 {mark} 没有对应的开始括号"),
        (
            "A closing bracket stands here without its opening one. Remove it, or put the text in double quotes.",
            "此处的结束括号没有对应的开始括号。请删除它，或用双引号把文本括起来。",
        ),
    ),
)
