"""Commands that are run for docs/reference/commands.md, by the verb that they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SHEET = "fixtures/clean/june.xlsx"
_REGISTER = "fixtures/register.xlsx"
_UNITS = f"--units {_REGISTER}"
_OPEN = (
    "chuangwei round open 2026-06 --scheme YK --starts 2026-06-01 --ends 2026-06-30"
    f" {_UNITS} --by 李建国\nchuangwei round import 2026-06 fixtures/clean/villages.csv --by 李建国\n"
)
_SCORED = _OPEN + "chuangwei round score 2026-06 --by 王秀英\n"
# Two villages, so that each of the many commands on orders is tried quickly.
_ISSUED = _SCORED.replace("fixtures/clean/villages.csv", "docs/examples/liang-cun.csv")
_ISSUED += "chuangwei rectify issue 2026-06 --by 王秀英\n"
_FIRST = "2026-06-0001 --on 2026-06-05"
_REPLIED = _ISSUED + f"chuangwei rectify reply {_FIRST} --by 李主任\n"
_LOGGED = "chuangwei log import docs/examples/xing-dong.csv --kind 行动登记 --by 李建国\n"
_FILE = "chuangwei appeal file 2026-06 东岭村 --date 2026-06-04 --about WL-01 --reason 小学门口那堆是邻村的 --by 赵刚"
_DECIDE = (
    "\nchuangwei appeal decide 1 更正 --set 垃圾乱倒处数=2 --set 垃圾乱倒处数@小学门口=0"
    " --reason 核对照片，属邻村 --by 孙丽"
)
_QUARTER = (
    _SCORED + "chuangwei round close 2026-06 --by 王秀英\n"
    f"chuangwei round open 2026-Q2 --scheme JDK --starts 2026-04-01 --ends 2026-06-30 {_UNITS} --by 李建国\n"
    "chuangwei round score 2026-Q2 --by 王秀英\nchuangwei round close 2026-Q2 --by 王秀英\n"
    + _FILE.strip()
    + _DECIDE
    + "\nchuangwei round recompose 2026-Q2 --reason 六月更正 --by 王秀英"
)
_GRANT = (
    "chuangwei waiver grant 东岭村 WL-09 --from 2026-06-01 --until 2026-08-31 --reason 柴草堆场在建 --by 孙丽"
)
# For each verb: what for, the command (or several, one a line), how many lines of the output are shown (0 for none).
TRIED: Mapping[str, Sequence[tuple[str, str, int]]] = {
    "form": [
        ("印内置标准的登记表，单位按名册填好", f"chuangwei form 治五乱 {_UNITS} -o 登记表.xlsx", 1),
        ("一个类别要按几个标准查的，印合表: 同一个检查项只填一次", f"chuangwei form --together {_UNITS} -o 合表.xlsx", 1),
        ("手机上填的表，给 ODK Collect、KoboToolbox 用", f"chuangwei form 治五乱 门前四包 --xlsform {_UNITS} -o 手机表.xlsx", 1),
        ("印自己写的标准的登记表", "chuangwei form docs/examples/qing-jie.yaml --units docs/examples/ming-ce.csv -o 清洁.xlsx", 1),
    ],
    "import": [
        (
            "只看要修正什么",
            "chuangwei import docs/examples/bu-gui-zheng.csv --units docs/examples/ming-ce.csv --standard docs/examples/qing-jie.yaml --dry-run",
            8,
        ),
        (
            "整理成一份规整的",
            "chuangwei import docs/examples/bu-gui-zheng.csv --units docs/examples/ming-ce.csv --standard docs/examples/qing-jie.yaml"
            " -o 规整.xlsx",
            0,
        ),
        (
            "手机上填的，从 KoboToolbox 导出的",
            "chuangwei import docs/examples/shou-ji.json --units docs/examples/ming-ce.csv --standard docs/examples/cun-rong.yaml"
            " -o 规整.xlsx",
            3,
        ),
        (
            "微信里复制的消息，写成待定的问题明细",
            "chuangwei import --text docs/examples/wei-xin.txt --units docs/examples/ming-ce.csv"
            " --standard docs/examples/cun-rong.yaml -o 待定.xlsx",
            2,
        ),
    ],
    "score": [
        ("给一张表评分，显示在屏幕上", f"chuangwei score {_SHEET} {_UNITS} --standard 治五乱", 6),
        ("写成 Excel", f"chuangwei score {_SHEET} {_UNITS} -o 结果.xlsx", 0),
        ("给程序用的 JSON，字段见[结果格式](result.md)", f"chuangwei score {_SHEET} {_UNITS} --format json -o 结果.json", 0),
        (
            "有单位低于60分时退出码为 1，可用在定时任务里",
            "chuangwei score docs/examples/qing-jie.csv --units docs/examples/ming-ce.csv --standard docs/examples/qing-jie.yaml"
            " --fail-under 60 --format csv",
            3,
        ),
    ],
    "explain": [
        ("逐条说一个单位的账", f"chuangwei explain {_SHEET} 东岭村 {_UNITS} --standard 治五乱", 8),
        ("只说一条", f"chuangwei explain {_SHEET} 东岭村 WL-01 {_UNITS} --standard 治五乱", 8),
    ],
    "target": [
        ("最少整改哪几件就能到优秀", "chuangwei target fixtures/clean/villages.csv 石桥村 优秀 --units fixtures/register.csv --standard 治五乱", 7),
        ("数据库里的一轮", _SCORED + "chuangwei target 石桥村 优秀 --round 2026-06 --standard 治五乱", 0),
    ],
    "consistency": [
        (
            "双查、尺度、明察和暗访",
            "chuangwei consistency docs/examples/shuang-cha.csv --units docs/examples/ming-ce.csv --standard docs/examples/cun-rong.yaml",
            8,
        ),
        ("数据库里的一轮", _SCORED + "chuangwei consistency --round 2026-06", 0),
    ],
    "check-ranking": [
        ("核一张排名表，规则从表上看", "chuangwei check-ranking docs/examples/pai-ming.csv", 8),
        ("按通报写明的规则核", "chuangwei check-ranking docs/examples/pai-ming.csv --ties 占位 --parts 平时=70%,月末=30%", 0),
    ],
    "sample draw": [
        ("每个片区抽两成，种子当众定", f"chuangwei sample draw {_REGISTER} --kind 行政村 --by 片区 --share 20% --seed '2026-06-30 福彩3D 506'", 8),
        (
            "写成文件，下一次给出它，没抽到过的先抽",
            f"chuangwei sample draw {_REGISTER} --kind 行政村 --number 5 --seed '2026-06-30 福彩3D 506' -o 六月.xlsx\n"
            f"chuangwei sample draw {_REGISTER} --kind 行政村 --number 5 --seed '2026-07-31 福彩3D 118' --before 六月.xlsx",
            0,
        ),
    ],
    "sample list": [
        (
            "从一轮的名册抽，记下来；看抽中谁、还有谁没查",
            _OPEN.splitlines()[0]
            + "\nchuangwei sample draw --round 2026-06 --who 李建国 --on 2026-06-10 --kind 行政村 --number 2"
            " --seed '2026-06-10 福彩3D 506'\nchuangwei sample list\nchuangwei sample list --open",
            0,
        ),
    ],
    "sample households": [
        ("每个村抽一个组，每组五户", f"chuangwei sample households {_REGISTER} --kind 行政村 --seed '2026-06-30 福彩3D 506'", 12),
    ],
    "rules list": [("有哪些内置标准", "chuangwei rules list", 3)],
    "rules show": [
        ("逐条看一个标准", "chuangwei rules show 治五乱", 6),
        ("看一个考核办法", "chuangwei rules show 人居环境年考核", 6),
    ],
    "rules check": [
        ("检查自己写的规则文件，念给你听", "chuangwei rules check docs/examples/bao-jie-yuan.yaml", 7),
        ("有疑点也算没通过，退出码为 1", "chuangwei rules check docs/examples/bao-jie-yuan.yaml --strict", 0),
    ],
    "rules test": [
        ("试算算例和情形，看每一条试到了哪些结果", "chuangwei rules test docs/examples/bao-jie-yuan.yaml", 8),
        ("试算一个考核办法的情形", "chuangwei rules test rules/schemes/yue-kao-he.yaml", 1),
        ("试到的不到九成时退出码为 1", "chuangwei rules test docs/examples/bao-jie-yuan.yaml --fail-under 90", 0),
    ],
    "rules new": [("新建一个，照着注释改", "chuangwei rules new 村容村貌 --id CR --starts 2026-01-01", 3)],
    "rules diff": [
        (
            "新旧两版改了什么，旧的情形按新的算多少",
            "chuangwei rules diff docs/examples/bao-jie-yuan.yaml docs/examples/2027/bao-jie-yuan.yaml",
            20,
        ),
    ],
    "rules table": [
        ("排成办公室用的评分表，Word 的", "chuangwei rules table docs/examples/qing-jie.yaml -o 清洁评分表.docx", 1),
        ("Excel 的，横向", "chuangwei rules table docs/examples/qing-jie.yaml -o 清洁评分表.xlsx --landscape", 1),
    ],
    "rules schema": [
        ("给编辑器用的 JSON Schema", "chuangwei rules schema", 0),
        ("考核办法的", "chuangwei rules schema --scheme", 0),
    ],
    "round run": [
        (
            "一次办完: 开、导入、评分、交办、列名次；再运行一次什么也不变",
            f"chuangwei round run 2026-06 docs/examples/liang-cun.csv {_UNITS} --by 李建国",
            0,
        ),
    ],
    "round open": [("开一轮月考核", _OPEN.splitlines()[0], 2)],
    "round import": [("导入检查表；再导一次什么也不变", _OPEN + _OPEN.splitlines()[1], 4)],
    "round extra": [
        ("另加分、另扣分，下次评分时算进去", _OPEN + "chuangwei round extra 2026-06 东岭村 2 --reason 获市级表扬 --by 孙丽", 0),
    ],
    "round status": [("进度", _OPEN + "chuangwei round status 2026-06", 4)],
    "round score": [("评分", _SCORED, 0)],
    "round rank": [("名次", _SCORED + "chuangwei round rank 2026-06", 0)],
    "round explain": [("一个单位的账: 得分、名次怎么来的", _SCORED + "chuangwei round explain 2026-06 东岭村", 12)],
    "compare": [("两轮之间谁升谁降、为什么", _SCORED + "chuangwei compare 2026-06 2026-06 --unit 东岭村", 0)],
    "replay": [("拿草案重算，看谁会变", _SCORED + "chuangwei replay 2026-06 --standard rules/standards/zhi-wu-luan.yaml", 0)],
    "round close": [("结束", _SCORED + "chuangwei round close 2026-06 --by 王秀英", 0)],
    "round recompose": [("六月更正以后，已结束的二季度照更正后的另存一版", _QUARTER, 0)],
    "round list": [("各轮", _OPEN.splitlines()[0] + "\nchuangwei round list", 3)],
    "rectify issue": [("交办；再交办一次什么也不变", _ISSUED + _ISSUED.splitlines()[-1], 5)],
    "rectify list": [
        ("一个村没销号的", _ISSUED + "chuangwei rectify list --unit 东岭村 --open --on 2026-06-05", 10),
        ("写成整改台账，填好再导入", _ISSUED + "chuangwei rectify list -o 整改台账.xlsx --on 2026-06-30", 0),
        ("给程序用的", _ISSUED + "chuangwei rectify list --late --on 2026-06-30 --format json", 0),
    ],
    "rectify show": [("一张单子", _ISSUED + "chuangwei rectify show 2026-06-0001 --on 2026-06-05", 14)],
    "rectify receive": [("签收，几张一起的写几个编号", _ISSUED + f"chuangwei rectify receive 2026-06-0002 {_FIRST} --by 李主任", 0)],
    "rectify reply": [("整改好了", _ISSUED + f"chuangwei rectify reply {_FIRST} --note 清了 --photo 后.jpg --by 李主任", 0)],
    "rectify verify": [
        ("复核合格，销号", _REPLIED + f"chuangwei rectify verify {_FIRST} --by 赵敏", 0),
        ("不合格，退回再改", _REPLIED + f"chuangwei rectify verify {_FIRST} --fail --note 还有一处 --by 赵敏", 0),
    ],
    "rectify extend": [("延期", _ISSUED + f"chuangwei rectify extend {_FIRST} --until 2026-06-20 --note 农忙 --by 孙立", 0)],
    "rectify urge": [("催办", _ISSUED + f"chuangwei rectify urge {_FIRST} --how 电话督导 --by 赵敏", 0)],
    "rectify assign": [("转办", _ISSUED + f"chuangwei rectify assign {_FIRST} --to 周会计 --by 赵敏", 0)],
    "rectify escalate": [("提级督办", _ISSUED + f"chuangwei rectify escalate {_FIRST} --to 乡长 --by 赵敏", 0)],
    "rectify cancel": [("撤销", _ISSUED + f"chuangwei rectify cancel {_FIRST} --note 查错了户 --by 赵敏", 0)],
    "rectify import": [("导入回复表", _ISSUED + "chuangwei rectify import docs/examples/zheng-gai.csv --by 录入员", 5)],
    "rectify progress": [("按责任单位", _ISSUED + "chuangwei rectify progress --by 责任单位 --on 2026-06-30", 10)],
    "rectify due": [("今天起三天内到期的和逾期的", _ISSUED + "chuangwei rectify due --on 2026-06-05", 10)],
    "report notice": [
        (
            "用检查表写，每个有问题的单位一份",
            "chuangwei report notice docs/examples/liang-cun.csv --units fixtures/register.csv --standard 治五乱 --title 2026-06"
            " --office fixtures/office.yaml --format docx -o 通知书",
            1,
        ),
        ("用数据库里的一轮写，Word 和 PDF 都写", _ISSUED + "chuangwei report notice --round 2026-06 --together -o 通知书", 0),
    ],
    "report bulletin": [
        (
            "用检查表写一份通报",
            "chuangwei report bulletin docs/examples/liang-cun.csv --units fixtures/register.csv --standard 治五乱 --title 2026-06"
            " --office fixtures/office.yaml --format docx -o 通报",
            1,
        ),
        ("用数据库里的一轮写，Word 和 PDF 都写", _ISSUED + "chuangwei report bulletin --round 2026-06 -o 通报", 0),
    ],
    "report brief": [
        (
            "用检查表写一页纸",
            "chuangwei report brief docs/examples/liang-cun.csv --units fixtures/register.csv --standard 治五乱 --title 2026-06"
            " --office fixtures/office.yaml --format docx -o 一页纸",
            1,
        ),
        ("用数据库里的一轮写", _ISSUED + "chuangwei report brief --round 2026-06 --on 2026-06-30 -o 一页纸", 0),
    ],
    "report ledger": [
        ("一轮的整改台账，填好用 rectify import 导入", _ISSUED + "chuangwei report ledger --round 2026-06 --on 2026-06-30 -o 台账", 1),
    ],
    "report scoresheet": [
        (
            "每个单位一份，Excel 和 PDF 都写",
            "chuangwei report scoresheet docs/examples/liang-cun.csv --units fixtures/register.csv --standard 治五乱 --title 2026-06 -o 评分表",
            0,
        ),
    ],
    "report annual": [
        ("一轮的总结，数字取自登记簿和各轮", _SCORED + _LOGGED + "chuangwei report annual --round 2026-06 --format docx -o 总结", 0),
    ],
    "report public": [
        (
            "贴出去的排名，隐去人名和电话",
            "chuangwei report public docs/examples/liang-cun.csv --units fixtures/register.csv --standard 治五乱 --title 2026-06 -o 公示",
            0,
        ),
    ],
    "report template": [("写出内置的模板，照着改", "chuangwei report template 通知书 -o 我的模板.docx", 1)],
    "log form": [("印空白登记簿，六种一本", "chuangwei log form -o 登记簿.xlsx", 1)],
    "log import": [("导入行动登记；再导一次什么也不变", _LOGGED + _LOGGED.strip(), 2)],
    "log add": [("记一次培训", "chuangwei log add 培训 日期=2026-06-10 培训=除四害培训 参加人数=45 --by 李建国", 1)],
    "log list": [("看登记了什么", _LOGGED + "chuangwei log list 行动登记", 6)],
    "log totals": [("合计六月的", _LOGGED + "chuangwei log totals --from 2026-06-01 --to 2026-06-30", 8)],
    "log strike": [("记错的作废", _LOGGED + "chuangwei log strike 1 --reason 重复登记 --by 李建国", 0)],
    "appeal file": [("提出申诉", _SCORED + _FILE, 0)],
    "appeal decide": [
        ("维持", _SCORED + _FILE + "\nchuangwei appeal decide 1 维持 --reason 照片是本村的 --by 孙丽", 0),
        ("更正", _SCORED + _FILE + _DECIDE, 0),
    ],
    "appeal list": [("各件申诉", _SCORED + _FILE + "\nchuangwei appeal list", 0)],
    "appeal show": [("那次检查怎么记的，或者怎么更正的", _SCORED + _FILE + "\nchuangwei appeal show 1", 0)],
    "appeal notice": [("更正说明", _SCORED + _FILE + _DECIDE + "\nchuangwei appeal notice 1 -o 更正说明.txt", 0)],
    "waiver grant": [("豁免到某天", _OPEN + _GRANT, 0)],
    "waiver revoke": [("撤销", _OPEN + _GRANT + "\nchuangwei waiver revoke 1 --reason 堆场建好了 --by 孙丽", 0)],
    "waiver list": [("各号豁免，看某天的情况", _OPEN + _GRANT + "\nchuangwei waiver list --on 2026-09-01", 0)],
    "report all": [("一轮的文书一次写齐", _ISSUED + "chuangwei report all --round 2026-06 --on 2026-06-30 -o 文书", 0)],
    "report page": [
        ("一轮写成网页", _ISSUED + "chuangwei report page --round 2026-06 --on 2026-06-30 -o 2026-06.html", 0),
        (
            "不用数据库，几张检查表写成网页",
            "chuangwei report page docs/examples/qing-jie.csv --title 六月清洁检查 --units docs/examples/ming-ce.csv"
            " --standard docs/examples/qing-jie.yaml -o 清洁.html",
            0,
        ),
    ],
    "bulk score": [
        ("给大表评分，结果写到新文件夹", "chuangwei bulk score docs/examples/da-biao.csv -o 结果 --standard docs/examples/qing-jie.yaml", 3),
        (
            "连问题明细一起评",
            "chuangwei bulk score docs/examples/da-biao.csv --details docs/examples/da-biao-ming-xi.csv -o 结果"
            " --standard docs/examples/qing-jie.yaml",
            3,
        ),
        (
            "第二轮: 按考核办法，重复、逾期的加扣",
            "chuangwei bulk score docs/examples/luan-wu-yue.csv -o 五月 --scheme YK\n"
            "chuangwei bulk score docs/examples/luan-da-biao.csv -o 六月 --scheme YK --history 五月 --orders docs/examples/luan-zheng-gai-dan.csv",
            2,
        ),
    ],
    "bulk rank": [
        (
            "按考核办法排名次",
            "chuangwei bulk score docs/examples/luan-da-biao.csv -o 六月 --standard WL\nchuangwei bulk rank 六月 --scheme DCJ -o 排名.csv",
            4,
        ),
        (
            "季考核由各月的排名组成",
            "chuangwei bulk score docs/examples/luan-da-biao.csv -o 六月 --scheme YK\nchuangwei bulk rank 六月 --scheme YK -o 六月排名.csv\n"
            "chuangwei bulk rank --scheme JDK --below 月=六月排名.csv -o 二季度.csv",
            6,
        ),
    ],
    "bulk sql": [("写成 PostgreSQL 的 SQL", "chuangwei bulk sql --standard docs/examples/qing-jie.yaml --dialect postgres", 4)],
    "audit verify": [("核对", _SCORED + "chuangwei audit verify", 0)],
    "audit log": [("日志", _SCORED + "chuangwei audit log", 0)],
}  # fmt: skip
