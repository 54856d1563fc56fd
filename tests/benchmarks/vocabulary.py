"""Words as often as texts use them: a few all the time, most of them hardly ever.

English words come from a written list in its order and, behind it, from combinations of stems with
beginnings and endings; the n-th word is drawn about 1/n as often as the first. So a library has words
that half of its papers use and tens of thousands that stand in one or two, as real libraries have.
Chinese words follow the same rule.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, product

FUNCTION_WORDS = (
    "the of and to a in for we is that on with by as are this our from an which be can it at or these than has"
    " not also such while both more its each have their between using when over only into most under how two"
).split()

RESEARCH_WORDS = (
    "learning model models data training network networks deep neural system systems performance large language"
    " memory distributed efficient inference parallel graph time method methods based approach results parameters"
    " algorithm cluster scheduling communication framework task tasks optimization computation accuracy attention"
    " transformer transformers latency throughput workload workloads batch cost gradient state resource resources"
    " compute scale scaling tensor pipeline storage serving dynamic adaptive online sparse analysis design hardware"
    " accelerators devices nodes jobs placement execution compiler compilers kernel kernels cache caching bandwidth"
    " search space problem problems policy policies reinforcement agent agents evaluation experiments benchmark"
    " benchmarks quality structure representation representations embedding embeddings vision image images video"
    " speech text token tokens sequence sequences generation generative diffusion decoding sampling retrieval"
    " knowledge reasoning prompt prompts pretraining finetuning adaptation alignment feedback preference human"
    " federated privacy security robust robustness adversarial uncertainty bayesian probabilistic causal variational"
    " convergence stochastic convex bound bounds theory proof optimal approximate linear matrix quantization pruning"
    " compression distillation mixture experts routing expert elastic fault tolerance checkpointing recovery failure"
    " failures preemption migration heterogeneous homogeneous multitenant datacenter cloud edge mobile serverless"
    " container virtual network-aware topology collective allreduce synchronous asynchronous consistency replication"
    " transaction transactions database databases query queries index indexing join joins column stream streaming"
    " log logs consensus leader quorum clock clocks lock locks concurrency thread threads core cores processor"
    " register instruction program programs language-level verification type types specification symbolic static"
    " testing fuzzing bug bugs debugging tracing profiling measurement trace traces simulation simulator prediction"
    " forecasting estimation regression classification clustering segmentation detection tracking recognition"
    " translation summarization question answering dialogue recommendation ranking click advertising user users"
    " interaction interface visualization exploration robot robots control planning navigation trajectory sensor"
    " sensors wireless radio signal channel spectrum energy power thermal battery carbon sustainable green fairness"
    " bias interpretability explanation transparency protein molecular chemistry biology genome medical clinical"
    " patient climate weather physics fluid equation solver numerical discretization finite element mesh geometry"
    " surface shape point cloud-native rendering light field camera depth stereo pose motion face hand scene layout"
    " document layout-aware table chart code repository commit review developer software engineering maintenance"
    " refactoring configuration deployment operation incident root-cause anomaly monitoring observability slo price"
    " market auction mechanism game equilibrium incentive crowd social community diffusion-based spread influence"
    " epidemic survey overview tutorial taxonomy challenge challenges opportunity opportunities lesson lessons"
    " empirical study practice industrial production scalable fast low-latency high-throughput lightweight unified"
    " hierarchical hybrid incremental speculative lazy eager automatic automated end-to-end zero-shot few-shot"
    " self-supervised contrastive multimodal multilingual cross-lingual long-context long-tail real-time open-source"
).split()

_STEMS = (
    "act adapt align assign attend balanc blend block bound branch buffer calibr carv cascad chain chart check clasp"
    " coal cod collect combin compact condens conduct connect constrain construct contact convert cool correct coupl"
    " crawl curv damp decid defin deliver deriv detect deviat direct distort divert draft drift embed emit encod engag"
    " enrich equat estim excit expand expir explor extend extract factor fad filter flex fold form fract fus gather glid"
    " gran group grow harvest heap hedg hint hoist imag impact index induc infer inject insert integr invert isol iter"
    " join joint kern label latch layer leak lift limit link local map mask match merg mesh mix mod mut navig nest norm"
    " observ optim orbit order orient pack pag partit patch perturb pivot plan plot polic pool port prefer process prob"
    " project propag prun quant queu rad random rank rat react recov reduc refin reflect regist relax render repair"
    " replic resolv respond restor reus revers rotat rout sampl satur scal scatter schedul segment select separ serial"
    " shap shard shift shuffl signal simul slic smooth solv spars split stabil stack stag stem stor strat stream struct"
    " substit supervis switch synthes tabul target temper tension test thread threshold til trac train transfer translat"
    " transpos travers tun unif unrol updat valid vari vector verif vibr view weav weigh widen wrap yield zon"
).split()
_BEGINNINGS = ("", "re", "de", "un", "co", "pre", "sub", "non", "over", "multi", "inter", "micro", "hyper", "semi", "cross", "meta", "auto", "trans")  # fmt: skip
_ENDINGS = ("ing", "ed", "ers", "able", "ation", "ations", "ability", "ive", "ively", "or", "ment", "less", "wise", "ized", "izer", "al", "ally", "ance")  # fmt: skip

CHINESE_WORDS = (
    "的 是 在 和 了 我们 模型 训练 数据 方法 可以 通过 系统 调度 论文 作者 问题 性能 使用 提出 并行 通信 显存 推理 网络 实验 结果 计算 时间 任务"
    " 集群 算法 注意力 梯度 参数 优化 需要 比较 不同 这里 但是 因为 所以 如果 没有 已经 其中 进行 实现 效率 延迟 吞吐 负载 均衡 专家 混合 流水线"
    " 张量 切分 策略 搜索 空间 自动 编译 算子 融合 内存 带宽 节点 故障 恢复 检查点 弹性 抢占 资源 利用率 异构 云 存储 缓存 索引 事务 一致性 复制"
    " 图 嵌入 表示 语言 图像 视频 生成 采样 检索 知识 提示 微调 对齐 反馈 强化 学习 奖励 偏好 隐私 安全 鲁棒 对抗 不确定 因果 变分 收敛 随机 凸"
    " 近似 线性 矩阵 量化 剪枝 压缩 蒸馏 路由 预训练 评估 基准 质量 结构 长上下文 多模态 开源 工业 生产 经验 教训 综述 挑战 机会 设计 分析 测量"
    " 追踪 模拟 预测 估计 回归 分类 聚类 分割 检测 识别 翻译 摘要 问答 对话 推荐 排序 广告 用户 交互 界面 可视化 机器人 控制 规划 导航 传感器 无线"
    " 能耗 功耗 碳 公平 偏差 可解释 蛋白质 分子 医学 气候 物理 流体 方程 求解 离散 有限元 网格 几何 渲染 相机 深度 姿态 场景 文档 表格 代码 仓库"
    " 审查 开发者 软件 工程 配置 部署 运维 根因 异常 监控 价格 市场 拍卖 机制 博弈 社区 传播 疫情"
).split()
_CHARACTERS = (
    "高低大小快慢新旧前后上下内外左右长短深浅多少强弱软硬冷热轻重开关进出分合增减升降动静正反主从单双全半原本基初末中间"
    "点线面体层级步轮次批组块页段行列元素值量度率比差和积商根号位符码词句章节图表式形态类型种属性质能力源流向路径环树"
)

_SYLLABLES = ("ad", "al", "ar", "bal", "bel", "cor", "dal", "den", "el", "fa", "fen", "gal", "hel", "in", "jun", "kal", "lum", "mar", "mel", "nor", "ol", "or", "pax", "quil", "ra", "sol", "tal", "tor", "um", "var", "vel", "vor", "wex", "xan", "yar", "zen")  # fmt: skip
SYSTEM_ENDINGS = ("Serve", "Flow", "Train", "DB", "Net", "Cache", "Sched", "Pipe", "Graph", "Scale", "LM", "Bench", "Tune", "FS", "", "", "")  # fmt: skip

_FAMILIES = (
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Tang Xiao Ren"
    " Smith Johnson Brown Miller Davis Wilson Anderson Taylor Moore Martin Lee Kim Park Choi Jung Kang Cho Yoon Jang"
    " Tanaka Suzuki Sato Watanabe Ito Yamamoto Nakamura Kobayashi Müller Schmidt Schneider Fischer Weber Meyer Wagner"
    " Becker Hoffmann García Martínez López Rodríguez Silva Santos Costa Ferreira Rossi Russo Bianchi Romano Dubois"
    " Moreau Laurent Lefèvre Ivanov Petrov Smirnov Kowalski Nowak Wiśniewski Novák Svensson Johansson Hansen Jensen"
    " Singh Kumar Sharma Gupta Patel Rao Iyer Banerjee Nguyen Tran Pham Yılmaz Demir Kaya Cohen Levi Hassan Ali Ahmed"
    " O'Brien Murphy Kelly de Vries van den Berg"
).replace("de Vries", "de_Vries").replace("van den Berg", "van_den_Berg").split()  # fmt: skip

VENUES = (
    "arXiv NeurIPS ICML ICLR CVPR ACL OSDI NSDI SOSP EuroSys ATC MLSys ASPLOS SC SIGCOMM VLDB SIGMOD KDD EMNLP AAAI"
    " ICCV ECCV NAACL ISCA MICRO HPCA PPoPP PLDI SoCC FAST ICDE WWW SIGIR IJCAI UAI AISTATS COLT CHI ICRA RSS CoRL"
    " Nature Science JMLR TPDS TMLR TOCS TODS CACM S&P CCS HotOS HotNets Middleware ICDCS INFOCOM MobiCom MobiSys"
    " SenSys IPDPS HPDC CLUSTER ICPP Interspeech ICASSP TASLP MICCAI WSDM CIKM RecSys STOC FOCS SODA POPL OOPSLA"
).split()


class Frequent:
    """Words to draw from, the n-th about 1/n as often as the first.

    A share of what is drawn comes from the rare words; ``offset`` evens out the first ones a little.
    """

    def __init__(
        self, common: Sequence[str], rare: Sequence[str] = (), share: float = 0.0, offset: float = 2.7
    ) -> None:
        self.words = [*common, *rare]
        weights = [1 / (rank + offset) for rank in range(len(common))]
        tail = [1 / (rank + 50) for rank in range(len(rare))]
        factor = sum(weights) * share / (1 - share) / sum(tail) if rare else 0.0
        self._weights = list(accumulate([*weights, *(weight * factor for weight in tail)]))

    def draw(self, chance: random.Random, number: int) -> list[str]:
        """So many words, with repetitions."""
        return chance.choices(self.words, cum_weights=self._weights, k=number)

    def one(self, chance: random.Random) -> str:
        """One word."""
        return self.draw(chance, 1)[0]


@cache
def rare_words() -> list[str]:
    """Some 70,000 words that look English, in an order that does not change."""
    words = {
        begin + stem + end for stem, begin, end in product(_STEMS, _BEGINNINGS, _ENDINGS)
    } - set(RESEARCH_WORDS)  # fmt: skip
    ordered = sorted(words)
    random.Random(1).shuffle(ordered)
    return ordered


@cache
def title_words() -> Frequent:
    """Words of titles: no function words, then the research words, then the rare ones."""
    return Frequent([*dict.fromkeys(RESEARCH_WORDS)], rare_words(), 0.05, 12)


@cache
def prose_words() -> Frequent:
    """Words of abstracts and notes, function words in front."""
    return Frequent([*FUNCTION_WORDS, *dict.fromkeys(RESEARCH_WORDS)], rare_words(), 0.04)


@cache
def chinese_words() -> Frequent:
    """Chinese words, and behind them pairs of characters that are rare."""
    pairs = [first + second for first, second in product(_CHARACTERS, _CHARACTERS) if first != second]
    random.Random(2).shuffle(pairs)
    return Frequent([*dict.fromkeys(CHINESE_WORDS)], pairs, 0.1)


@cache
def families() -> Frequent:
    """Family names; behind the common ones, ten thousand made of syllables."""
    made = ["".join(parts).capitalize() for parts in product(_SYLLABLES, _SYLLABLES, _SYLLABLES[::4])]
    random.Random(3).shuffle(made)
    return Frequent([name.replace("_", " ") for name in _FAMILIES], made, 0.3, 8)


@cache
def venues() -> Frequent:
    """Short names of venues."""
    return Frequent(VENUES, offset=2)


def system_name(chance: random.Random) -> str:
    """A name such as papers give to what they built."""
    stem = "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((2, 2, 3)))).capitalize()
    return stem + chance.choice(SYSTEM_ENDINGS)
